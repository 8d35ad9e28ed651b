package dev.sandpiper.edge.ask;

/// Characters that nobody sees and a model reads all the same.
final class Invisible {

  private Invisible() {}

  /// The text without them. Joiners stay beside letters that need them and inside emoji.
  static String strip(String text) {
    if (text.codePoints().noneMatch(Invisible::isSuspect)) {
      return text;
    }
    StringBuilder seen = new StringBuilder(text.length());
    int[] points = text.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      boolean joins = (points[i] == 0x200D || points[i] == 0x200C) && joins(points, i);
      if (!isSuspect(points[i]) || joins) {
        seen.appendCodePoint(points[i]);
      }
    }
    return seen.toString();
  }

  private static boolean joins(int[] points, int at) {
    return at > 0 && points[at - 1] > 0x7F && at + 1 < points.length && points[at + 1] > 0x7F;
  }

  private static boolean isSuspect(int c) {
    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r';
    return control
        || (c >= 0x200B && c <= 0x200D)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2060 && c <= 0x206F)
        || c == 0xFEFF
        || c == 0x00AD
        || c == 0x180E
        || (c >= 0xFFF9 && c <= 0xFFFB)
        || (c >= 0xE0000 && c <= 0xE0FFF)
        || (c >= 0xD800 && c <= 0xDFFF);
  }
}
