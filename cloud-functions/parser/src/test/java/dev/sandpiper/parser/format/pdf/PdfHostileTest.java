package dev.sandpiper.parser.format.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.parser.ParseOptions;
import dev.sandpiper.parser.ParsedDocument;
import dev.sandpiper.parser.task.ParseFailure;
import dev.sandpiper.parser.task.ParseLimits;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PdfHostileTest {

  private static final String SHOW = "BT /F1 12 Tf 72 700 Td (still read) Tj ET\n";
  private static final String FORM = "/Type/XObject/Subtype/Form/BBox[0 0 612 792]";

  @TempDir Path folder;

  private ParsedDocument parse(RawPdf pdf) {
    return new PdfRun(folder).parse(pdf.save(folder));
  }

  @Test
  void formInsideItselfIsRunOnce() {
    ParsedDocument parsed =
        parse(
            RawPdf.onePage("/XObject<</X 5 0 R>>").stream("", SHOW + "/X Do").stream(
                FORM + "/Resources<</XObject<</X 5 0 R>>>>", "/X Do /X Do"));
    assertThat(PdfRun.outline(parsed)).containsExactly("still read");
    assertThat(PdfRun.codes(parsed)).containsExactly("nesting-refused");
  }

  @Test
  void formsThatDoubleFortyTimesAreCutOff() {
    RawPdf pdf = RawPdf.onePage("/XObject<</X 5 0 R>>").stream("", SHOW + "/X Do");
    for (int i = 0; i < 40; i++) {
      pdf.stream(FORM + "/Resources<</XObject<</X " + (6 + i) + " 0 R>>>>", "/X Do /X Do");
    }
    ParsedDocument parsed = parse(pdf.stream(FORM, "0 0 m"));
    assertThat(PdfRun.outline(parsed)).containsExactly("still read");
    assertThat(PdfRun.codes(parsed)).contains("nesting-refused");
  }

  @Test
  void contentThatExpandsWithoutEndIsCutOff() {
    byte[] bomb = RawPdf.deflated("0 0 m 1 1 l n\n", 8_000_000);
    ParsedDocument parsed =
        parse(
            RawPdf.onePage("").object("[5 0 R 6 0 R]").stream("", SHOW).stream(
                "/Filter/FlateDecode", bomb));
    assertThat(PdfRun.outline(parsed)).containsExactly("still read");
    assertThat(PdfRun.codes(parsed)).containsExactly("page-truncated");
  }

  @Test
  void contentCompressedTwiceIsCutOff() {
    byte[] outer = RawPdf.deflated(RawPdf.deflated("          ", 8_000_000));
    ParsedDocument parsed =
        parse(RawPdf.onePage("").stream("/Filter[/FlateDecode/FlateDecode]", outer));
    assertThat(PdfRun.codes(parsed)).containsExactly("page-truncated");
  }

  @Test
  void fontThatExpandsWithoutEndIsNotLoaded() {
    byte[] bomb = RawPdf.deflated("0 0 0 0 ", 10_000_000);
    ParsedDocument parsed =
        parse(
            RawPdf.onePage("/Font<</F1 7 0 R/F2 5 0 R>>").stream(
                "", "BT /F2 12 Tf 72 700 Td (still read) Tj ET\n")
                .object("<</Type/Font/Subtype/TrueType/BaseFont/Bomb/FontDescriptor 6 0 R>>")
                .object("<</Type/FontDescriptor/FontName/Bomb/Flags 32/FontFile2 8 0 R>>")
                .object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
                .stream("/Filter/FlateDecode", bomb));
    assertThat(PdfRun.outline(parsed)).containsExactly("still read");
    assertThat(PdfRun.codes(parsed)).containsExactly("content-damaged");
  }

  @Test
  void operandsWithoutOperatorAreCutOff() {
    byte[] bomb = RawPdf.deflated("1.5 ", 30_000_000);
    ParsedDocument parsed = parse(RawPdf.onePage("").stream("/Filter/FlateDecode", bomb));
    assertThat(PdfRun.codes(parsed)).containsExactly("page-truncated");
  }

  @Test
  void arraysNestedWithoutEndAreSurvived() {
    byte[] bomb = RawPdf.deflated("[", 3_000_000);
    ParsedDocument parsed = parse(RawPdf.onePage("").stream("/Filter/FlateDecode", bomb));
    assertThat(parsed.document().pageCount()).isEqualTo(1);
  }

  @Test
  void pageTreeThatContainsItselfEnds() {
    RawPdf pdf =
        new RawPdf()
                .object("<</Type/Catalog/Pages 2 0 R>>")
                .object("<</Type/Pages/Kids[3 0 R 2 0 R]/Count 1000000>>")
                .object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>")
                .stream("", "");
    assertThat(parse(pdf).document().pageCount()).isBetween(1, 3);
  }

  @Test
  void contentLimitOfTheDocumentIsKept() {
    byte[] content = RawPdf.deflated("0 0 m n\n", 500_000);
    Path file = RawPdf.onePage("").stream("/Filter/FlateDecode", content).save(folder);
    ParseLimits limits = new ParseLimits(1 << 20, 10, 1 << 20, 8, 100, 1000);
    PdfRun run = new PdfRun(ParseOptions.in(folder).withLimits(limits));
    assertThatThrownBy(() -> run.parse(file))
        .isInstanceOfSatisfying(
            ParseFailure.class, e -> assertThat(e.code()).isEqualTo(ParseFailure.Code.OVER_LIMIT));
  }

  @Test
  void deadlineIsSeenWithinAPage() {
    byte[] content = RawPdf.deflated("0 0 m n\n", 1_000_000);
    Path file = RawPdf.onePage("").stream("/Filter/FlateDecode", content).save(folder);
    AtomicInteger asked = new AtomicInteger();
    ParseOptions all = ParseOptions.in(folder);
    PdfRun run =
        new PdfRun(
            new ParseOptions(
                all.limits(), all.pages(), folder, () -> asked.incrementAndGet() > 20));
    assertThatThrownBy(() -> run.parse(file))
        .isInstanceOfSatisfying(
            ParseFailure.class, e -> assertThat(e.code()).isEqualTo(ParseFailure.Code.DEADLINE));
  }

  @Test
  void hugePictureIsNotDecoded() {
    ParsedDocument parsed =
        parse(
            RawPdf.onePage("/XObject<</X 5 0 R>>").stream(
                "", SHOW + "q 400 0 0 400 50 50 cm /X Do Q")
                .stream(
                    "/Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 8"
                        + "/ColorSpace/DeviceRGB/Filter/FlateDecode",
                    RawPdf.deflated("0", 1024)));
    assertThat(PdfRun.outline(parsed)).containsExactly("still read", "image");
  }

  @Test
  void manySmallSegmentsOnOneLineAreSortedQuickly() {
    StringBuilder content = new StringBuilder("BT /F1 1 Tf\n");
    for (int i = 0; i < 60_000; i++) {
      content.append("1 0 0 1 ").append(i * 7919 % 60_000 / 100.0).append(" 700 Tm (x) Tj\n");
    }
    ParsedDocument parsed = parse(RawPdf.onePage("").stream("", content + "ET"));
    assertThat(parsed.document().blocks()).isNotEmpty();
  }
}
