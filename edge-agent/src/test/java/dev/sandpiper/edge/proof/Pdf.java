package dev.sandpiper.edge.proof;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes a PDF object by object. Object 1 is the catalogue, object 2 the page tree, object 3 the
/// page and object 4 its content, unless they are replaced.
final class Pdf {

  private final List<byte[]> objects = new ArrayList<>();
  private String trailer = "";

  Pdf() {
    object(1, "<< /Type /Catalog /Pages 2 0 R >>");
    object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    page("/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>", "");
    content("BT /F1 12 Tf 72 720 Td (harmless looking) Tj ET");
  }

  Pdf object(int number, String body) {
    return object(number, latin1(body));
  }

  Pdf object(int number, byte[] body) {
    while (objects.size() < number) {
      objects.add(latin1("null"));
    }
    objects.set(number - 1, body);
    return this;
  }

  Pdf page(String resources, String more) {
    return object(
        3,
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << "
            + resources
            + " >> "
            + more
            + " >>");
  }

  Pdf content(String operators) {
    return stream(4, "", latin1(operators));
  }

  Pdf stream(int number, String entries, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(latin1("<< /Length " + data.length + " " + entries + " >>\nstream\n"));
    out.writeBytes(data);
    out.writeBytes(latin1("\nendstream"));
    return object(number, out.toByteArray());
  }

  Pdf trailer(String entries) {
    trailer = entries;
    return this;
  }

  HostileFile named(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(latin1("%PDF-1.7\n"));
    StringBuilder xref = new StringBuilder("xref\n0 " + (objects.size() + 1) + "\n");
    xref.append("0000000000 65535 f \n");
    for (int i = 0; i < objects.size(); i++) {
      xref.append("%010d 00000 n \n".formatted(out.size()));
      out.writeBytes(latin1(i + 1 + " 0 obj\n"));
      out.writeBytes(objects.get(i));
      out.writeBytes(latin1("\nendobj\n"));
    }
    int start = out.size();
    out.writeBytes(latin1(xref.toString()));
    String own = trailer.replace("$START", Integer.toString(start));
    out.writeBytes(
        latin1(
            "trailer\n<< /Root 1 0 R /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n"
                .formatted(objects.size() + 1, own, start)));
    return new HostileFile(name + ".pdf", out.toByteArray());
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
