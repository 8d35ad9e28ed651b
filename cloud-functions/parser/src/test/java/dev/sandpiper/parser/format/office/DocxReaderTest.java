package dev.sandpiper.parser.format.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocxReaderTest {

  @TempDir private Path folder;

  private static String p(String properties, String text) {
    return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
  }

  private static String styles(String styles) {
    return "<w:styles " + Fixture.WORD + ">" + styles + "</w:styles>";
  }

  private Fixture docx(String body) {
    return Fixture.docx(folder, body)
        .related("word/document.xml", "rs", "styles", "styles.xml")
        .related("word/document.xml", "rn", "numbering", "numbering.xml");
  }

  @Test
  void headingsFollowStyleInheritanceAndDirectOutlineLevels() throws IOException {
    String styles =
        "<w:style w:type=\"paragraph\" w:styleId=\"H1\"><w:name w:val=\"heading 1\"/></w:style>"
            + "<w:style w:type=\"paragraph\" w:styleId=\"Mine\"><w:basedOn w:val=\"H1\"/></w:style>"
            + "<w:style w:type=\"paragraph\" w:styleId=\"T\"><w:name w:val=\"Title\"/></w:style>";
    Fixture docx =
        docx(p("<w:pStyle w:val=\"T\"/>", "Report")
                + p("<w:pStyle w:val=\"Mine\"/>", "One")
                + p("<w:outlineLvl w:val=\"2\"/>", "Deep")
                + p("<w:pStyle w:val=\"Mine\"/><w:outlineLvl w:val=\"9\"/>", "Body"))
            .part("word/styles.xml", styles(styles));
    assertThat(docx.shown()).containsExactly("#1 Report", "#1 One", "#3 Deep", "Body");
  }

  @Test
  void basedOnLoopEnds() throws IOException {
    String styles =
        "<w:style w:styleId=\"A\"><w:basedOn w:val=\"B\"/></w:style>"
            + "<w:style w:styleId=\"B\"><w:basedOn w:val=\"A\"/><w:outlineLvl w:val=\"1\"/></w:style>";
    Fixture docx =
        docx(p("<w:pStyle w:val=\"A\"/>", "Loop")).part("word/styles.xml", styles(styles));
    assertThat(docx.shown()).containsExactly("#2 Loop");
  }

  @Test
  void listsNestAndKeepCounting() throws IOException {
    String numbering =
        "<w:numbering "
            + Fixture.WORD
            + "><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"3\"/>"
            + "<w:numFmt w:val=\"decimal\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:numFmt"
            + " w:val=\"bullet\"/></w:lvl></w:abstractNum><w:num w:numId=\"7\"><w:abstractNumId"
            + " w:val=\"0\"/></w:num></w:numbering>";
    String item = "<w:numPr><w:ilvl w:val=\"%d\"/><w:numId w:val=\"7\"/></w:numPr>";
    Fixture docx =
        docx(p(item.formatted(0), "three")
                + p(item.formatted(1), "sub")
                + p("", "between")
                + p(item.formatted(0), "four"))
            .part("word/numbering.xml", numbering);
    assertThat(docx.shown()).containsExactly("3.[three|-[sub]]", "between", "4.[four]");
  }

  @Test
  void tablesKeepSpansHeadersAndNesting() throws IOException {
    String table =
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:gridSpan"
            + " w:val=\"2\"/></w:tcPr>"
            + p("", "head")
            + "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>"
            + p("", "tall")
            + "</w:tc><w:tc>"
            + p("", "a")
            + "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:tbl>"
            + "<w:tr><w:tc>"
            + p("", "inner")
            + "</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>";
    assertThat(docx(table).shown()).containsExactly("table1(1x2head)(2x1tall,a)(table0(inner))");
  }

  @Test
  void changesReadAsAccepted() throws IOException {
    String body =
        "<w:p><w:r><w:t>keep </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
            + "<w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>"
            + p("<w:rPr><w:del/></w:rPr>", "joined ")
            + p("", "up");
    assertThat(docx(body).shown()).containsExactly("keep new", "joined up");
  }

  @Test
  void fieldsShowResultsAndLinks() throws IOException {
    String body =
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>HYPERLINK"
            + " \"http://a.b/\"</w:instrText></w:r><w:r><w:fldChar"
            + " w:fldCharType=\"separate\"/></w:r><w:r><w:t>here</w:t></w:r><w:r><w:fldChar"
            + " w:fldCharType=\"end\"/></w:r><w:hyperlink r:id=\"h\"><w:r><w:t> there</w:t></w:r>"
            + "</w:hyperlink></w:p>"
            + "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>"
            + p("", "not swallowed");
    Fixture docx = docx(body).related("word/document.xml", "h", "hyperlink", "http://c.d/");
    assertThat(docx.shown())
        .containsExactly("here<http://a.b/> there<http://c.d/>", "not swallowed");
  }

  @Test
  void marksNotesHiddenTextAndAlternatives() throws IOException {
    String body =
        "<w:p><w:r><w:rPr><w:b/><w:i w:val=\"0\"/></w:rPr><w:t>bold</w:t></w:r><w:r><w:rPr>"
            + "<w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:footnoteReference"
            + " w:id=\"2\"/></w:r><w:r><mc:AlternateContent><mc:Choice"
            + " Requires=\"x\"><w:t>once</w:t></mc:Choice><mc:Fallback><w:t>twice</w:t>"
            + "</mc:Fallback></mc:AlternateContent></w:r></w:p>";
    Fixture docx =
        docx(body)
            .related("word/document.xml", "f", "footnotes", "footnotes.xml")
            .part(
                "word/footnotes.xml",
                "<w:footnotes "
                    + Fixture.WORD
                    + "><w:footnote w:id=\"0\" w:type=\"separator\">"
                    + p("", "x")
                    + "</w:footnote><w:footnote w:id=\"2\">"
                    + p("", "the note")
                    + "</w:footnote></w:footnotes>");
    assertThat(docx.shown())
        .containsExactly(
            "BOLD:boldHIDDEN:secretSUPERSCRIPT:2^footnote-2once", "FOOTNOTE:footnote-2:the note");
  }

  @Test
  void damagedPartKeepsWhatCameBefore() throws IOException {
    Fixture docx =
        docx(p("", "kept"))
            .part(
                "word/document.xml",
                "<w:document "
                    + Fixture.WORD
                    + "><w:body>"
                    + p("", "kept")
                    + "<w:p><w:r><w:t>half</w:t>");
    assertThat(docx.shown()).containsExactly("kept", "half");
    assertThat(docx.parse().warnings())
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.code()).isEqualTo("damaged-xml");
          assertThat(warning.place()).isEqualTo("word/document.xml");
        });
  }
}
