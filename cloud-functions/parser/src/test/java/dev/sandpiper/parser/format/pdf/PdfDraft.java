package dev.sandpiper.parser.format.pdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.util.Matrix;

/// A PDF under construction: pages of A4 whose y grows downwards from the top.
final class PdfDraft implements AutoCloseable {

  static final PDFont PLAIN;
  static final PDFont BOLD;
  static final PDFont MONO;

  static {
    QuietPdfBox.prepare();
    PLAIN = new PDType1Font(FontName.HELVETICA);
    BOLD = new PDType1Font(FontName.HELVETICA_BOLD);
    MONO = new PDType1Font(FontName.COURIER);
  }

  private static final float HEIGHT = PDRectangle.A4.getHeight();

  final PDDocument document = new PDDocument();
  private PDPageContentStream content;
  private PDPage page;

  PdfDraft() {
    page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    content = open();
  }

  PDPage page() {
    return page;
  }

  PdfDraft newPage() {
    closeContent();
    page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    content = open();
    return this;
  }

  PdfDraft text(float x, float y, PDFont font, float size, String text) {
    try {
      content.beginText();
      content.setFont(font, size);
      content.newLineAtOffset(x, HEIGHT - y);
      content.showText(text);
      content.endText();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Lines of plain 10-point text, 12 points apart.
  PdfDraft lines(float x, float y, String... lines) {
    for (int i = 0; i < lines.length; i++) {
      text(x, y + 12 * i, PLAIN, 10, lines[i]);
    }
    return this;
  }

  PdfDraft stroke(float x1, float y1, float x2, float y2) {
    try {
      content.moveTo(x1, HEIGHT - y1);
      content.lineTo(x2, HEIGHT - y2);
      content.stroke();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Text that runs upwards from a point.
  PdfDraft upwards(float x, float y, String text) {
    try {
      content.beginText();
      content.setFont(PLAIN, 10);
      content.setTextMatrix(new Matrix(0, 1, -1, 0, x, HEIGHT - y));
      content.showText(text);
      content.endText();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A rectangle in the page's own coordinates.
  static PDRectangle rectangle(float x, float y, float width, float height) {
    return new PDRectangle(x, HEIGHT - y - height, width, height);
  }

  Path save(Path folder) {
    try {
      closeContent();
      Path file = Files.createTempFile(folder, "draft", ".pdf");
      document.save(file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      document.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PDPageContentStream open() {
    try {
      return new PDPageContentStream(document, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void closeContent() {
    try {
      content.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
