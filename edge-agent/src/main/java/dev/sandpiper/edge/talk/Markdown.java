package dev.sandpiper.edge.talk;

/// Text from outside as part of a CommonMark text, so that it is shown as it is and forms nothing.
public final class Markdown {
  private static final String SIGNS = "\\`*_{}[]()<>#+-.!|~&=:@";

  private Markdown() {}

  /// One line of plain text: signs of Markdown lose their meaning, control characters become
  /// spaces, and nobody is mentioned.
  ///
  /// @param longest most characters; what is longer is cut, with an ellipsis
  public static String plain(String text, int longest) {
    String line = line(text, longest);
    StringBuilder out = new StringBuilder(line.length() + 16);
    line.codePoints()
        .forEach(c -> {
          if (SIGNS.indexOf(c) >= 0 && !isHarmless(c)) {
            out.append('\\');
          }
          out.appendCodePoint(c);
        });
    return out.toString();
  }

  /// The same for a piece of a line: spaces at its ends stay.
  public static String inside(String text) {
    String line = plain(text, Integer.MAX_VALUE - 1);
    if (line.isEmpty()) {
      return text.isEmpty() ? "" : " ";
    }
    return (Character.isWhitespace(text.charAt(0)) ? " " : "")
        + line
        + (Character.isWhitespace(text.charAt(text.length() - 1)) ? " " : "");
  }

  /// The same at a usual length for a name.
  public static String name(String text) {
    return plain(text, 80);
  }

  /// One line of code: nothing in it has a meaning.
  public static String code(String text, int longest) {
    String line = line(text, longest).replace('`', 'ˋ').strip();
    return "`" + (line.isEmpty() ? " " : line) + "`";
  }

  /// One line without control characters, cut between code points.
  static String line(String text, int longest) {
    StringBuilder out = new StringBuilder();
    int[] left = {longest};
    text.strip()
        .codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .takeWhile(_ -> left[0]-- > 0)
        .forEach(out::appendCodePoint);
    if (left[0] < 0) {
      out.setLength(out.offsetByCodePoints(out.length(), -1));
      out.append('…');
    }
    return out.toString().strip();
  }

  /// Signs that form something only at the beginning of a line, or beside others.
  private static boolean isHarmless(int c) {
    return c == '.' || c == '-' || c == ':' || c == '=' || c == '(' || c == ')' || c == '!';
  }
}
