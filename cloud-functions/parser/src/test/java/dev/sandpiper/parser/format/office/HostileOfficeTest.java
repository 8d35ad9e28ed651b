package dev.sandpiper.parser.format.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.parser.ParseOptions;
import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.task.ParseFailure;
import dev.sandpiper.parser.task.ParseLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HostileOfficeTest {

  @TempDir private Path folder;

  private static ParseFailure.Code codeOf(Throwable failure) {
    return ((ParseFailure) failure).code();
  }

  @Test
  void externalEntityIsNeverRead() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "TOP SECRET");
    Fixture docx =
        new Fixture(Format.DOCX, folder)
            .part(
                "word/document.xml",
                "<!DOCTYPE d [<!ENTITY x SYSTEM \""
                    + secret.toUri()
                    + "\">]><w:document "
                    + Fixture.WORD
                    + "><w:body><w:p><w:r><w:t>a&x;b</w:t></w:r></w:p></w:body></w:document>");
    assertThat(docx.parse().document().blocks().toString()).doesNotContain("SECRET");
  }

  @Test
  void billionLaughsExpandToNothing() throws IOException {
    StringBuilder dtd = new StringBuilder("<!DOCTYPE d [<!ENTITY l0 \"lol\">");
    for (int i = 1; i < 12; i++) {
      dtd.append("<!ENTITY l").append(i).append(" \"");
      dtd.append(("&l" + (i - 1) + ";").repeat(10)).append("\">");
    }
    Fixture docx =
        new Fixture(Format.DOCX, folder)
            .part(
                "word/document.xml",
                dtd
                    + "]><w:document "
                    + Fixture.WORD
                    + "><w:body><w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body></w:document>");
    assertThat(docx.parse().document().blocks().toString()).doesNotContain("lol");
  }

  @Test
  void bombIsStoppedByTheLimitOnDecompressedBytes() {
    ParseLimits small = new ParseLimits(1 << 20, 100, 1 << 20, 8, 1000, 1000);
    Fixture docx = Fixture.docx(folder, "<!--" + " ".repeat(8 << 20) + "-->");
    assertThatThrownBy(() -> docx.parse(ParseOptions.in(folder).withLimits(small)))
        .isInstanceOf(ParseFailure.class)
        .hasMessageContaining("bytes after decompression")
        .satisfies(e -> assertThat(codeOf(e)).isEqualTo(ParseFailure.Code.OVER_LIMIT));
  }

  @Test
  void deepTablesAreCutNotFollowed() throws IOException {
    String deep =
        "<w:tbl><w:tr><w:tc>".repeat(5000) + "<w:p/>" + "</w:tc></w:tr></w:tbl>".repeat(5000);
    assertThat(Fixture.docx(folder, deep).parse().warnings()).isNotEmpty();
  }

  @Test
  void repeatedSheetCellsAreOverTheLimit() {
    String row =
        "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell"
            + " table:number-columns-repeated=\"1048576\"><text:p>x</text:p></table:table-cell>"
            + "</table:table-row>";
    Fixture ods =
        Fixture.odf(
            Format.ODS,
            folder,
            "",
            "<office:spreadsheet><table:table>"
                + row.repeat(10)
                + "</table:table></office:spreadsheet>");
    assertThatThrownBy(ods::parse)
        .isInstanceOf(ParseFailure.class)
        .satisfies(e -> assertThat(codeOf(e)).isEqualTo(ParseFailure.Code.OVER_LIMIT));
  }

  @Test
  void emptyRepeatedRowsCostNothing() throws IOException {
    Fixture ods =
        Fixture.odf(
            Format.ODS,
            folder,
            "",
            "<office:spreadsheet><table:table table:name=\"S\"><table:table-row"
                + " table:number-rows-repeated=\"1048575\"><table:table-cell"
                + " table:number-columns-repeated=\"16384\"/></table:table-row></table:table>"
                + "</office:spreadsheet>");
    assertThat(ods.parse().document().blocks()).isEmpty();
  }

  @Test
  void farApartCellsAreListedInsteadOfSpreadOut() throws IOException {
    StringBuilder rows = new StringBuilder("<sheetData>");
    for (int i = 0; i < 600; i++) {
      int letters = i % 26;
      rows.append(
          "<row r=\"%d\"><c r=\"%c%c%d\"><v>%d</v></c></row>"
              .formatted(i + 1, 'A' + i / 26, 'A' + letters, i + 1, i));
    }
    Fixture xlsx = Fixture.xlsx(folder, rows + "</sheetData>");
    assertThat(xlsx.shown().get(1)).startsWith("table0(AA1,0)(AB2,1)");
  }

  @Test
  void overlappingMergesStayLinear() throws IOException {
    StringBuilder sheet = new StringBuilder("<sheetData>");
    for (int r = 1; r <= 2000; r++) {
      sheet.append("<row r=\"%1$d\"><c r=\"A%1$d\"><v>1</v></c></row>".formatted(r));
    }
    sheet.append("</sheetData><mergeCells>");
    for (int r = 1; r <= 2000; r++) {
      sheet.append("<mergeCell ref=\"A%d:XFD1048576\"/>".formatted(r));
    }
    assertThat(Fixture.xlsx(folder, sheet + "</mergeCells>").parse().document().blocks())
        .hasSize(2);
  }

  @Test
  void relationshipToItselfEnds() throws IOException {
    Fixture docx =
        Fixture.docx(folder, "<w:p><w:r><w:t>x</w:t></w:r></w:p>")
            .related("word/document.xml", "a", "package", "document.xml")
            .related("word/document.xml", "b", "header", "document.xml")
            .related("word/document.xml", "c", "package", "../../../../etc/passwd");
    assertThat(docx.parse().document().blocks()).isNotEmpty();
  }

  @Test
  void deepRichTextGroupsEnd() throws IOException {
    Path file = folder.resolve("deep.rtf");
    String groups =
        "{\\rtf1 start" + "{\\b ".repeat(200_000) + "deep" + "}".repeat(200_000) + "end}";
    Files.writeString(file, groups, StandardCharsets.US_ASCII);
    String read =
        Fixture.shown(Fixture.parse(Format.RTF, file, ParseOptions.in(folder)).document().blocks())
            .toString();
    assertThat(read).contains("start").contains("end");
  }

  @Test
  void encryptedOpenDocumentSaysSo() {
    Fixture odt =
        Fixture.odf(Format.ODT, folder, "", "<office:text/>")
            .part(
                "META-INF/manifest.xml",
                "<manifest:manifest "
                    + Fixture.ODF
                    + "><manifest:file-entry manifest:full-path=\"content.xml\">"
                    + "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>");
    assertThatThrownBy(odt::parse)
        .isInstanceOf(ParseFailure.class)
        .satisfies(e -> assertThat(codeOf(e)).isEqualTo(ParseFailure.Code.ENCRYPTED));
  }
}
