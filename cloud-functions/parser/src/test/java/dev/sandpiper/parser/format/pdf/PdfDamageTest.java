package dev.sandpiper.parser.format.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.parser.ParseOptions;
import dev.sandpiper.parser.ParsedDocument;
import dev.sandpiper.parser.task.ParseFailure;
import dev.sandpiper.parser.task.ParseLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdfDamageTest {

  @TempDir Path folder;

  private Path encrypted(String userPassword) throws IOException {
    try (PdfDraft draft = new PdfDraft()) {
      draft.lines(72, 72, "A secret.");
      draft.document.protect(
          new StandardProtectionPolicy("owner", userPassword, new AccessPermission()));
      return draft.save(folder);
    }
  }

  private Path sound() {
    try (PdfDraft draft = new PdfDraft()) {
      draft.lines(72, 72, "Found again.").newPage().lines(72, 72, "And this.");
      return draft.save(folder);
    }
  }

  private Path rewritten(Path file, String what, String by) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(what);
    return Files.writeString(file, text.replace(what, by), StandardCharsets.ISO_8859_1);
  }

  @Test
  void emptyUserPasswordOpens() throws IOException {
    assertThat(PdfRun.outline(new PdfRun(folder).parse(encrypted(""))))
        .containsExactly("A secret.");
  }

  @Test
  void passwordIsAskedForInWords() throws IOException {
    Path file = encrypted("sesame");
    assertThatThrownBy(() -> new PdfRun(folder).parse(file))
        .isInstanceOfSatisfying(
            ParseFailure.class, e -> assertThat(e.code()).isEqualTo(ParseFailure.Code.ENCRYPTED))
        .hasMessage("draft.pdf needs a password. Save it without encryption and send it again.");
  }

  @Test
  void soundFileHasNoWarning() {
    assertThat(new PdfRun(folder).parse(sound()).warnings()).isEmpty();
  }

  @Test
  void lostCrossReferenceIsRebuiltWithAWarning() throws IOException {
    Path file = rewritten(sound(), "startxref", "startxxxx");
    ParsedDocument parsed = new PdfRun(folder).parse(file);
    assertThat(PdfRun.outline(parsed)).containsExactly("Found again.", "page 2", "And this.");
    assertThat(PdfRun.codes(parsed)).containsExactly("damaged-xref");
  }

  @Test
  void shiftedCrossReferenceIsRebuiltWithAWarning() throws IOException {
    Path file = rewritten(sound(), "<<\n/Type /Catalog", "<<\n  /Shift 1 /Type /Catalog");
    ParsedDocument parsed = new PdfRun(folder).parse(file);
    assertThat(PdfRun.outline(parsed)).containsExactly("Found again.", "page 2", "And this.");
    assertThat(PdfRun.codes(parsed)).containsExactly("damaged-xref");
  }

  @Test
  void truncatedFileKeepsWhatIsThere() throws IOException {
    byte[] bytes = Files.readAllBytes(sound());
    Path file = folder.resolve("cut.pdf");
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length * 9 / 10));
    ParsedDocument parsed = new PdfRun(folder).parse(file);
    assertThat(PdfRun.codes(parsed)).contains("damaged-xref");
  }

  @Test
  void unreadablePageIsAWarningAndTheRestGoesOn() {
    try (PdfDraft draft = new PdfDraft()) {
      draft.lines(72, 72, "One.").newPage().lines(72, 72, "Two.").newPage().lines(72, 72, "Three.");
      Path file = draft.save(folder);
      assertThat(PdfRun.outline(new PdfRun(folder).parse(file)))
          .containsExactly("One.", "page 2", "Two.", "page 3", "Three.");
      draft.document.getPage(1).getCOSObject().setItem(COSName.MEDIA_BOX, new COSString("none"));
      draft.document.getPage(1).getCOSObject().setItem(COSName.RESOURCES, new COSString("none"));
      assertThat(PdfRun.outline(new PdfRun(folder).parse(save(draft))))
          .startsWith("One.", "page 2")
          .endsWith("page 3", "Three.");
    }
  }

  private Path save(PdfDraft draft) {
    try {
      Path file = folder.resolve("damaged.pdf");
      draft.document.save(file.toFile());
      return file;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void tooManyPagesAreRefusedUnlessARangeIsAskedFor() {
    Path file = sound();
    ParseLimits one = new ParseLimits(1 << 20, 1, 1 << 20, 8, 100, 1000);
    PdfRun run = new PdfRun(ParseOptions.in(folder).withLimits(one));
    assertThatThrownBy(() -> run.parse(file))
        .hasMessage(
            "draft.pdf has 2 pages to parse, more than the 1 allowed. Ask for a range of pages or"
                + " raise the limit.");
    assertThat(PdfRun.outline(run.parse(file, 2, 2))).containsExactly("And this.");
  }

  @Test
  void somethingElseIsUnreadable() throws IOException {
    Path file = Files.writeString(folder.resolve("text.pdf"), "This is not a PDF at all.");
    assertThatThrownBy(() -> new PdfRun(folder).parse(file))
        .isInstanceOfSatisfying(
            ParseFailure.class, e -> assertThat(e.code()).isEqualTo(ParseFailure.Code.UNREADABLE));
  }
}
