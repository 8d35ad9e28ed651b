package dev.sandpiper.edge.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A printed booklet: a PDF with a heading and some lines on each page.
final class Booklet {
  private static final int LINE = 80;
  private static final int FIRST_PAGE = 3;

  private Booklet() {}

  /// One page.
  record Page(String heading, String text) {}

  static byte[] of(String name, List<Page> pages) {
    Pdf pdf = new Pdf();
    int font = FIRST_PAGE + 2 * pages.size();
    String kids =
        IntStream.range(0, pages.size())
            .mapToObj(number -> FIRST_PAGE + 2 * number + " 0 R")
            .collect(Collectors.joining(" "));
    pdf.object(2, "<< /Type /Pages /Kids [" + kids + "] /Count " + pages.size() + " >>");
    for (int number = 0; number < pages.size(); number++) {
      int object = FIRST_PAGE + 2 * number;
      pdf.object(
          object,
          "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 %d 0 R >> >> >>"
              .formatted(object + 1, font));
      byte[] content = operators(pages.get(number)).getBytes(StandardCharsets.ISO_8859_1);
      pdf.stream(object + 1, "", content);
    }
    pdf.object(font, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    return pdf.named(name).bytes();
  }

  private static String operators(Page page) {
    StringBuilder operators = new StringBuilder("BT /F1 20 Tf 72 760 Td ");
    operators.append(shown(page.heading())).append(" /F1 11 Tf 15 TL 0 -32 Td ");
    lines(page.text()).forEach(line -> operators.append(shown(line)).append(" T* "));
    return operators.append("ET").toString();
  }

  private static String shown(String text) {
    return "(" + text.replaceAll("([()\\\\])", "\\\\$1") + ") Tj";
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() >= LINE) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
