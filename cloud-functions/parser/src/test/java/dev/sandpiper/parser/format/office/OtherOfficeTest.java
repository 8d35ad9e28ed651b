package dev.sandpiper.parser.format.office;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.parser.ParseOptions;
import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.format.Parsing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OtherOfficeTest {

  @TempDir private Path folder;

  private static String shape(String placeholder, int x, int y, String text) {
    return ("<p:sp><p:nvSpPr><p:nvPr>%s</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"%d\""
            + " y=\"%d\"/><a:ext cx=\"80\" cy=\"80\"/></a:xfrm></p:spPr><p:txBody>%s</p:txBody>"
            + "</p:sp>")
        .formatted(placeholder, x, y, text);
  }

  private static String line(String properties, String text) {
    return "<a:p><a:pPr " + properties + "/><a:r><a:t>" + text + "</a:t></a:r></a:p>";
  }

  @Test
  void slidesReadInOrderWithTitlesListsAndNotes() throws IOException {
    Fixture pptx =
        new Fixture(Format.PPTX, folder)
            .part(
                "ppt/presentation.xml",
                "<p:presentation "
                    + Fixture.SLIDE
                    + "><p:sldIdLst><p:sldId r:id=\"b\"/><p:sldId r:id=\"a\"/></p:sldIdLst>"
                    + "</p:presentation>")
            .related("ppt/presentation.xml", "a", "slide", "slides/slide1.xml")
            .related("ppt/presentation.xml", "b", "slide", "slides/slide2.xml")
            .related("ppt/slides/slide2.xml", "n", "notesSlide", "../notesSlides/n.xml")
            .part("ppt/slides/slide1.xml", slide(" show=\"0\"", shape("", 0, 0, line("", "last"))))
            .part(
                "ppt/slides/slide2.xml",
                slide(
                    "",
                    shape("", 200, 100, line("", "right"))
                        + shape("", 0, 100, line("", "left"))
                        + shape(
                            "<p:ph idx=\"1\"/>", 0, 200, line("", "one") + line("lvl=\"1\"", "sub"))
                        + shape("<p:ph type=\"title\"/>", 0, 0, line("", "Title"))))
            .part(
                "ppt/notesSlides/n.xml",
                slide("", shape("<p:ph type=\"body\" idx=\"1\"/>", 0, 0, line("", "say this"))));
    assertThat(pptx.shown())
        .containsExactly(
            "#2 Title",
            "left",
            "-[one|-[sub]]",
            "right",
            "SPEAKER:slide-1-notes:say this",
            "page2",
            "HIDDEN:last");
    assertThat(pptx.parse().document().pageCount()).isEqualTo(2);
  }

  private static String slide(String attributes, String shapes) {
    return "<p:sld "
        + Fixture.SLIDE
        + attributes
        + "><p:cSld><p:spTree>"
        + shapes
        + "</p:spTree></p:cSld></p:sld>";
  }

  @Test
  void openDocumentTextKeepsStructure() throws IOException {
    String styles =
        "<style:style style:name=\"T1\" style:family=\"text\"><style:text-properties"
            + " fo:font-weight=\"bold\"/></style:style><text:list-style style:name=\"L\">"
            + "<text:list-level-style-number text:level=\"1\" style:num-format=\"1\"/>"
            + "</text:list-style>";
    String body =
        "<office:text><text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
            + "<text:h text:outline-level=\"2\">Head</text:h><text:p>a<text:s text:c=\"2\"/>"
            + "<text:span text:style-name=\"T1\">b</text:span><text:note text:id=\"n1\""
            + " text:note-class=\"footnote\"><text:note-citation>1</text:note-citation>"
            + "<text:note-body><text:p>note</text:p></text:note-body></text:note></text:p>"
            + "<text:list text:style-name=\"L\"><text:list-item><text:p>one</text:p><text:list>"
            + "<text:list-item><text:p>sub</text:p></text:list-item></text:list>"
            + "</text:list-item></text:list><table:table><table:table-header-rows>"
            + "<table:table-row><table:table-cell table:number-columns-spanned=\"2\"><text:p>h"
            + "</text:p></table:table-cell><table:covered-table-cell/></table:table-row>"
            + "</table:table-header-rows><table:table-row><table:table-cell"
            + " table:number-columns-repeated=\"2\"><text:p>c</text:p></table:table-cell>"
            + "</table:table-row></table:table></office:text>";
    assertThat(Fixture.odf(Format.ODT, folder, styles, body).shown())
        .containsExactly(
            "#2 Head",
            "a  BOLD:bSUPERSCRIPT:1^n1",
            "1.[one|-[sub]]",
            "table1(1x2h)(c,c)",
            "FOOTNOTE:n1:note");
  }

  @Test
  void openDocumentSheetShowsValues() throws IOException {
    String body =
        "<office:spreadsheet><table:table table:name=\"S\"><table:table-row>"
            + "<table:table-cell office:value-type=\"string\"><text:p>When</text:p>"
            + "</table:table-cell><table:table-cell office:value-type=\"string\"><text:p>Sum"
            + "</text:p></table:table-cell></table:table-row><table:table-row"
            + " table:number-rows-repeated=\"2\"><table:table-cell office:value-type=\"date\">"
            + "<text:p>01.01.2020</text:p></table:table-cell><table:table-cell"
            + " office:value-type=\"float\" office:value=\"5\"><text:p>5,00 €</text:p>"
            + "</table:table-cell></table:table-row></table:table></office:spreadsheet>";
    assertThat(Fixture.odf(Format.ODS, folder, "", body).shown())
        .containsExactly("#1 S", "table1(When,Sum)(01.01.2020,5,00 €)(01.01.2020,5,00 €)");
  }

  private List<String> rtf(String content) throws IOException {
    Path file = folder.resolve("t.rtf");
    Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    return Fixture.shown(
        Fixture.parse(Format.RTF, file, ParseOptions.in(folder)).document().blocks());
  }

  @Test
  void richTextKeepsStructureAndCharacters() throws IOException {
    String content =
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset204 Cyr;}}"
            + "{\\stylesheet{\\s1 heading 1;}}{\\info{\\title Doc}}{\\*\\unknown gone}"
            + "{\\pict 00ff}\\pard\\s1 Head\\par\\pard caf\\'e9 \\u8364?{\\f1\\'e0}"
            + "{\\b bold}{\\v secret}{\\footnote note}\\par{\\field{\\*\\fldinst HYPERLINK"
            + " \"http://a.b/\"}{\\fldrslt link}}\\par\\trowd\\intbl a\\cell b\\cell\\row"
            + "\\pard after\\par}";
    assertThat(rtf(content))
        .containsExactly(
            "#1 Head",
            "café €аBOLD:boldHIDDEN:secretSUPERSCRIPT:1^note-1",
            "link<http://a.b/>",
            "table0(a,b)",
            "after",
            "FOOTNOTE:note-1:note");
  }

  @Test
  void mergedCellsOfRichTextAreSpans() throws IOException {
    String content =
        "{\\rtf1\\ansi"
            + "\\trowd\\clmgf\\cellx1\\clmrg\\cellx2\\clvmgf\\cellx3\\intbl wide\\cell\\cell tall\\cell\\row"
            + "\\trowd\\cellx1\\cellx2\\clvmrg\\cellx3\\intbl a\\cell b\\cell\\cell\\row"
            + "\\trowd\\cellx1\\cellx2\\cellx3\\intbl c\\cell d\\cell e\\cell\\row\\pard}";
    Path file = Files.writeString(folder.resolve("merged.rtf"), content);
    List<Block> blocks =
        Fixture.parse(Format.RTF, file, ParseOptions.in(folder)).document().blocks();
    assertThat(Parsing.outline(blocks))
        .containsExactly(
            "table 0 [[[p wide]x1x2, [p tall]x2x1], [[p a]x1x1, [p b]x1x1],"
                + " [[p c]x1x1, [p d]x1x1, [p e]x1x1]]");
  }

  @Test
  void tablesInCellsOfRichTextHaveTheirOwnRows() throws IOException {
    String inner = "\\pard\\intbl\\itap2 n1\\nestcell n2\\nestcell";
    String content =
        "{\\rtf1\\ansi{\\header{\\*\\nesttableprops\\trowd\\nestrow}}"
            + "\\trowd\\clmgf\\cellx1\\clmrg\\cellx2\\cellx3\\pard\\intbl before\\par "
            + inner
            + "{\\*\\nesttableprops\\trowd\\cellx1\\cellx2\\nestrow}{\\nonesttables\\par}"
            + inner
            + "{\\*\\nesttableprops\\trowd\\clmgf\\cellx1\\clmrg\\cellx2\\nestrow}"
            + "\\pard\\intbl after\\cell\\cell last\\cell\\row\\pard end\\par}";
    Path file = Files.writeString(folder.resolve("nested.rtf"), content);
    List<Block> blocks =
        Fixture.parse(Format.RTF, file, ParseOptions.in(folder)).document().blocks();
    assertThat(Parsing.outline(blocks))
        .containsExactly(
            "table 0 [[[p before, table 0 [[[p n1]x1x1, [p n2]x1x1], [[p n1, p n2]x1x2]],"
                + " p after]x1x2, [p last]x1x1]]",
            "p end");
  }

  @Test
  void richTextTablesNestedWithoutEndStayShallow() throws IOException {
    StringBuilder content = new StringBuilder("{\\rtf1\\ansi ");
    for (int i = 1; i < 20_000; i++) {
      content.append("\\pard\\intbl\\itap").append(i).append(" x\\nestcell");
    }
    Path file = Files.writeString(folder.resolve("deep.rtf"), content + "}");
    String shown =
        Parsing.outline(
                Fixture.parse(Format.RTF, file, ParseOptions.in(folder)).document().blocks())
            .toString();
    assertThat(shown.split("table", -1)).hasSize(9);
  }
}
