package dev.sandpiper.parser.format.ooxml;

import dev.sandpiper.parser.format.container.XmlCursor;

/// Writes a formula as a line of text: `(a+b)/(c)`, `x^(2)`, `√(y)`.
public final class MathText {

  private static final int LONGEST = 100_000;
  private static final int DEEPEST = 60;

  private MathText() {}

  /// Reads the current element (`m:oMath`, `m:oMathPara`) to its end.
  public static String read(XmlCursor xml) {
    StringBuilder text = new StringBuilder();
    content(xml, text, 0);
    return text.toString().strip();
  }

  private static void content(XmlCursor xml, StringBuilder text, int nesting) {
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart()) {
        element(xml, text, nesting);
      }
    }
  }

  private static void element(XmlCursor xml, StringBuilder text, int nesting) {
    if (nesting > DEEPEST || text.length() > LONGEST) {
      xml.skip();
      return;
    }
    switch (xml.name()) {
      case "m:t" -> text.append(xml.allText(LONGEST));
      case "m:den" -> group(xml, text, "/(", nesting);
      case "m:num" -> group(xml, text, "(", nesting);
      case "m:sup" -> group(xml, text, "^(", nesting);
      case "m:sub" -> group(xml, text, "_(", nesting);
      case "m:rad" -> {
        text.append('√');
        group(xml, text, "(", nesting);
      }
      case "m:d" -> group(xml, text, "(", nesting);
      case "m:chr" -> text.append(xml.attr("m:val", ""));
      case "m:mr" -> {
        content(xml, text, nesting + 1);
        text.append("; ");
      }
      case "m:rPr", "m:ctrlPr", "w:rPr" -> xml.skip();
      case "m:func", "m:fName" -> {
        content(xml, text, nesting + 1);
        text.append(' ');
      }
      default -> content(xml, text, nesting + 1);
    }
  }

  private static void group(XmlCursor xml, StringBuilder text, String open, int nesting) {
    int before = text.length();
    text.append(open);
    int start = text.length();
    content(xml, text, nesting + 1);
    if (text.length() == start) {
      text.setLength(before);
    } else {
      text.append(')');
    }
  }
}
