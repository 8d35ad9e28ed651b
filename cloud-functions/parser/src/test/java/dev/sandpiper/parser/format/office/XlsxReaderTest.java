package dev.sandpiper.parser.format.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class XlsxReaderTest {

  @TempDir private Path folder;

  private Fixture formatted(String code, String value) {
    String escaped = code.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    return Fixture.xlsx(
            folder,
            "<sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"><v>"
                + value
                + "</v></c></row></sheetData>")
        .related("xl/workbook.xml", "st", "styles", "styles.xml")
        .part(
            "xl/styles.xml",
            "<styleSheet "
                + Fixture.SHEET
                + "><numFmts><numFmt numFmtId=\"164\" formatCode=\""
                + escaped
                + "\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs>"
                + "</styleSheet>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yyyy-mm-dd|43831|2020-01-01",
        "d mmm yy|43831|1 Jan 20",
        "dd/mm/yyyy hh:mm|43831.75|01/01/2020 18:00",
        "h:mm AM/PM|0.5625|1:30 PM",
        "[h]:mm|1.5|36:00",
        "mm:ss.0|0.000712963|01:01.6",
        "0%|0.256|26%",
        "0.0%|-0.256|-25.6%",
        "#,##0.00|1234567.891|1,234,567.89",
        "#,##0|0|0",
        "0.###|2.5|2.5",
        "#,##0;(#,##0)|-1234|(1234)",
        "#,##0 \"€\"|1234|1,234 €",
        "[$$-409]#,##0.00|5|$5.00",
        "000-00-0000|123456789|123-45-6789",
        "0.00E+00|12345|1.23E+04",
        "# ?/?|1.5|1 1/2",
        "#,##0,|1234567|1,235",
        "[>=100]0;0.0|5.25|5.3",
        "General|0.30000000000000004|0.3",
        "General|123456789012|123456789012",
        "00000|42|00042",
      })
  void numbersAreShownAsFormatted(String code, String value, String shown) throws IOException {
    String expected = shown.equals("(1234)") ? "(1,234)" : shown;
    assertThat(formatted(code, value).shown()).containsExactly("#1 Data", expected);
  }

  @Test
  void valuesOfEveryKindBecomeATable() throws IOException {
    Fixture xlsx =
        Fixture.xlsx(
                folder,
                "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\""
                    + " t=\"inlineStr\"><is><t>Flag</t></is></c></row><row r=\"2\"><c r=\"A2\">"
                    + "<f>1+1</f><v>2</v></c><c r=\"B2\" t=\"b\"><v>1</v></c></row>"
                    + "<row r=\"3\" hidden=\"1\"><c r=\"A3\" t=\"e\"><v>#N/A</v></c></row>"
                    + "</sheetData><mergeCells><mergeCell ref=\"A3:B3\"/></mergeCells>"
                    + "<hyperlinks><hyperlink ref=\"A2\" r:id=\"h\"/></hyperlinks>")
            .related("xl/workbook.xml", "ss", "sharedStrings", "sharedStrings.xml")
            .related("xl/worksheets/sheet1.xml", "h", "hyperlink", "http://a.b/")
            .part(
                "xl/sharedStrings.xml",
                "<sst "
                    + Fixture.SHEET
                    + "><si><r><t>Na</t></r><r><t>me</t></r><rPh><t>no</t></rPh></si></sst>");
    assertThat(xlsx.shown())
        .containsExactly("#1 Data", "table1(Name,Flag)(2<http://a.b/>,TRUE)(1x2HIDDEN:#N/A)");
  }

  @Test
  void emptyRowsSeparateTables() throws IOException {
    Fixture xlsx =
        Fixture.xlsx(
            folder,
            "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"C1\"><v>2</v></c></row>"
                + "<row r=\"9\"><c r=\"B9\"><v>3</v></c></row></sheetData>");
    assertThat(xlsx.shown()).containsExactly("#1 Data", "table0(1,2)", "3");
    assertThat(xlsx.parse().document().blocks().get(1).span().toString()).contains("A1:C1");
  }
}
