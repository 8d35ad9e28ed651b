package dev.sandpiper.parser.format.pdf.flow;

import org.jspecify.annotations.Nullable;

/// What an item of a list begins with.
///
/// @param number the item's number; -1 for a bullet or a letter
/// @param bullet the bullet; a blank where there is none
/// @param length characters of the marker and the blanks after it; 0 where the marker is kept
record ListMarker(int number, char bullet, int length) {

  private static final String BULLETS = "•◦▪▫‣·●○■□◆◇➢➤✓✔–—-*∙⁃\uF0B7\uF0A7\uF0D8";
  private static final String DASHES = "–—-*";
  private static final int MOST_DIGITS = 3;

  static @Nullable ListMarker of(String text) {
    if (text.length() < 3) {
      return null;
    }
    if (BULLETS.indexOf(text.charAt(0)) >= 0) {
      return text.charAt(1) == ' ' ? new ListMarker(-1, text.charAt(0), blanks(text, 1)) : null;
    }
    ListMarker number = number(text);
    return number == null ? letter(text) : number;
  }

  boolean isNumber() {
    return number >= 0;
  }

  /// Whether it may as well be part of a sentence.
  boolean isDoubtful() {
    return bullet == ' ' || DASHES.indexOf(bullet) >= 0;
  }

  private static @Nullable ListMarker number(String text) {
    int open = text.charAt(0) == '(' ? 1 : 0;
    int end = open;
    while (end < text.length() && end - open < MOST_DIGITS && isDigit(text.charAt(end))) {
      end++;
    }
    if (end == open || end + 1 >= text.length() || text.charAt(end + 1) != ' ') {
      return null;
    }
    char close = text.charAt(end);
    boolean closed = open == 1 ? close == ')' : close == '.' || close == ')';
    return closed
        ? new ListMarker(Integer.parseInt(text.substring(open, end)), ' ', blanks(text, end + 1))
        : null;
  }

  private static @Nullable ListMarker letter(String text) {
    int open = text.charAt(0) == '(' ? 1 : 0;
    char letter = text.charAt(open);
    if (letter < 'a' || letter > 'z' || text.length() < open + 3) {
      return null;
    }
    boolean closed = text.charAt(open + 1) == ')' && text.charAt(open + 2) == ' ';
    return closed ? new ListMarker(-1, ' ', 0) : null;
  }

  private static int blanks(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) == ' ') {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
