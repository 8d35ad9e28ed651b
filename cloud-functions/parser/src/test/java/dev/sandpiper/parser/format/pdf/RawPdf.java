package dev.sandpiper.parser.format.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;

/// A PDF written by hand, object by object, as no library would write it.
final class RawPdf {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Integer> offsets = new ArrayList<>();

  RawPdf() {
    write("%PDF-1.7\n");
  }

  /// A document of one page with Helvetica as F1 and the given entries.
  static RawPdf onePage(String resources) {
    return new RawPdf()
        .object("<</Type/Catalog/Pages 2 0 R>>")
        .object("<</Type/Pages/Kids[3 0 R]/Count 1>>")
        .object(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<"
                + "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
                + resources
                + ">>>>");
  }

  RawPdf object(String body) {
    begin();
    write(body + "\nendobj\n");
    return this;
  }

  RawPdf stream(String entries, byte[] content) {
    begin();
    write("<<" + entries + "/Length " + content.length + ">>stream\n");
    out.writeBytes(content);
    write("\nendstream\nendobj\n");
    return this;
  }

  RawPdf stream(String entries, String content) {
    return stream(entries, content.getBytes(StandardCharsets.ISO_8859_1));
  }

  static byte[] deflated(String pattern, int times) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] block = pattern.repeat(1024).getBytes(StandardCharsets.ISO_8859_1);
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      for (int i = 0; i < times / 1024; i++) {
        deflater.write(block);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      deflater.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  Path save(Path folder) {
    int xref = out.size();
    write("xref\n0 " + (offsets.size() + 1) + "\n0000000000 65535 f \n");
    for (int offset : offsets) {
      write("%010d 00000 n \n".formatted(offset));
    }
    write(
        "trailer<</Size "
            + (offsets.size() + 1)
            + "/Root 1 0 R>>\nstartxref\n"
            + xref
            + "\n%%EOF\n");
    try {
      Path file = Files.createTempFile(folder, "raw", ".pdf");
      return Files.write(file, out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void begin() {
    offsets.add(out.size());
    write(offsets.size() + " 0 obj\n");
  }

  private void write(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
