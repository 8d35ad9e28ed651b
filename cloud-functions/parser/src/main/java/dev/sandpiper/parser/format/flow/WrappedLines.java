package dev.sandpiper.parser.format.flow;

import java.util.List;

/// Undoes the hard wrapping of plain text. A paragraph is wrapped when no line has room for the
/// first word of the next one; poems, addresses, lists and code are not, and keep their lines.
public final class WrappedLines {

  private static final int NARROWEST = 45;
  private static final int WIDEST = 132;

  /// Editors and people break lines a little early.
  private static final int SLACK = 3;

  private WrappedLines() {}

  /// The lines of a paragraph as its text: joined with blanks where they were wrapped, with line
  /// breaks where they were set.
  public static String join(List<String> lines) {
    if (!isWrapped(lines)) {
      return String.join("\n", lines);
    }
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      boolean compound = endsInHyphen(text);
      text.append(text.isEmpty() || compound ? "" : " ").append(line.strip());
    }
    return text.toString();
  }

  private static boolean endsInHyphen(CharSequence text) {
    int end = text.length();
    return end >= 2
        && text.charAt(end - 1) == '-'
        && Character.isLetterOrDigit(text.charAt(end - 2));
  }

  private static boolean isWrapped(List<String> lines) {
    int width = lines.stream().mapToInt(line -> line.strip().length()).max().orElse(0);
    if (lines.size() < 2 || width < NARROWEST || width > WIDEST) {
      return false;
    }
    int numbers = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      boolean last = i == lines.size() - 1;
      boolean full =
          last || line.length() + 1 + firstWord(lines.get(i + 1).strip()) + SLACK > width;
      if (!full || lines.get(i).endsWith("  ") || startsItem(line) || isCode(line)) {
        return false;
      }
      numbers += Character.isDigit(line.charAt(0)) ? 1 : 0;
    }
    return numbers < lines.size();
  }

  private static int firstWord(String line) {
    int space = line.indexOf(' ');
    // A line without blanks is no prose, or of a script that has none.
    return space < 0 ? Math.min(line.length(), SLACK) : space;
  }

  private static boolean startsItem(String line) {
    if (line.isEmpty() || "-*•+>|#".indexOf(line.charAt(0)) >= 0) {
      return line.length() < 2 || line.charAt(1) == ' ' || line.charAt(0) == '>';
    }
    int digits = 0;
    while (digits < line.length() && digits < 4 && Character.isDigit(line.charAt(digits))) {
      digits++;
    }
    return digits > 0
        && digits + 1 < line.length()
        && ".)".indexOf(line.charAt(digits)) >= 0
        && line.charAt(digits + 1) == ' ';
  }

  private static boolean isCode(String line) {
    return ";{}\\".indexOf(line.charAt(line.length() - 1)) >= 0;
  }
}
