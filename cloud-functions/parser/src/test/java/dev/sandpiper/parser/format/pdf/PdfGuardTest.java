package dev.sandpiper.parser.format.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.parser.ParsedDocument;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The bounds of the PDF reader, from both sides: what is just allowed is read.
@Timeout(60)
class PdfGuardTest {

  private static final String SHOW = "BT /F1 12 Tf 72 700 Td (still read) Tj ET\n";
  private static final String LATE = "BT /F1 12 Tf 72 500 Td (and this) Tj ET\n";
  private static final String HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";

  @TempDir Path folder;

  private ParsedDocument parse(RawPdf pdf) {
    return new PdfRun(folder).parse(pdf.save(folder));
  }

  /// One page right under the root and one at the end of a chain of `levels` nodes.
  private static RawPdf tree(int levels) {
    String page =
        "<</Type/Page/MediaBox[0 0 612 792]/Contents 3 0 R/Resources<</Font<</F1 "
            + HELVETICA
            + ">>>>";
    RawPdf pdf =
        new RawPdf()
            .object("<</Type/Catalog/Pages 4 0 R>>").object(page + "/Parent 4 0 R>>").stream(
                    "", SHOW)
                .object("<</Type/Pages/Count 2/Kids[2 0 R 5 0 R]>>");
    for (int level = 2; level <= levels; level++) {
      int self = 3 + level;
      pdf.object(
          "<</Type/Pages/Count 1/Parent %d 0 R/Kids[%d 0 R]>>".formatted(self - 1, self + 1));
    }
    return pdf.object(page + "/Parent " + (3 + levels) + " 0 R>>");
  }

  @Test
  void pageTreeOf99LevelsIsRead() {
    ParsedDocument parsed = parse(tree(99));
    assertThat(PdfRun.outline(parsed)).containsExactly("still read", "page 2", "still read");
    assertThat(PdfRun.codes(parsed)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"100", "20000"})
  void pagesOfADeeperTreeAreLeftOut(int levels) {
    ParsedDocument parsed = parse(tree(levels));
    assertThat(PdfRun.outline(parsed)).containsExactly("still read");
    assertThat(PdfRun.codes(parsed)).containsExactly("nesting-refused");
  }

  @Test
  void statesSavedUpTo5000TimesAreKept() {
    ParsedDocument parsed = parse(RawPdf.onePage("").stream("", SHOW + "q ".repeat(4_999) + LATE));
    assertThat(PdfRun.outline(parsed)).containsExactly("still read", "and this");
    assertThat(PdfRun.codes(parsed)).isEmpty();
  }

  @Test
  void pageThatSavesMoreStatesIsReadUpToThere() {
    ParsedDocument parsed = parse(RawPdf.onePage("").stream("", SHOW + "q ".repeat(5_000) + LATE));
    assertThat(PdfRun.outline(parsed)).containsExactly("still read");
    assertThat(PdfRun.codes(parsed)).containsExactly("page-truncated");
  }

  /// A page that shows two letters in a composite font, and then text in Helvetica.
  private static RawPdf composite(String widths, String map) {
    return RawPdf.onePage("/Font<</F1 7 0 R/F2 5 0 R>>").stream(
        "", "BT /F2 12 Tf 72 700 Td <00010002> Tj ET\n" + LATE)
        .object(
            "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 8 0 R"
                + "/DescendantFonts[6 0 R]>>")
        .object(
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)"
                + "/Ordering(Identity)/Supplement 0>>/W["
                + widths
                + "]>>")
        .object(HELVETICA)
        .stream(
            "/Filter/FlateDecode",
            RawPdf.deflated(
                ("/CIDInit /ProcSet findresource begin begincmap\n"
                        + "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
                        + map
                        + "endcmap end\n")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
  }

  private static String range(String from, String to, String text) {
    return "1 beginbfrange <" + from + "> <" + to + "> <" + text + "> endbfrange\n";
  }

  @Test
  void fontOfTwoHundredThousandCodesIsRead() {
    String map = range("0000", "FFFF", "0040").repeat(3);
    ParsedDocument parsed = parse(composite("0 200000 500", map));
    assertThat(PdfRun.outline(parsed)).containsExactly("AB", "and this");
    assertThat(PdfRun.codes(parsed)).isEmpty();
  }

  @Test
  void fontOfMoreWidthsIsNotLoaded() {
    ParsedDocument parsed = parse(composite("0 200001 500", range("0000", "FFFF", "0040")));
    assertThat(PdfRun.outline(parsed)).containsExactly("and this");
    assertThat(PdfRun.codes(parsed)).containsExactly("content-damaged");
  }

  @Test
  void fontWhoseMapHasMoreRangesIsNotLoaded() {
    for (String map :
        new String[] {
          range("0000", "FFFF", "0040").repeat(4),
          range("00000000", "70000000", "00000040"),
          "1 beginbfrange <0000><FFFF>[<0041><0042>]<00000000><70000000><00000040> endbfrange\n",
        }) {
      ParsedDocument parsed = parse(composite("0 10 500", map));
      assertThat(PdfRun.outline(parsed)).containsExactly("and this");
      assertThat(PdfRun.codes(parsed)).containsExactly("content-damaged");
    }
  }
}
