package dev.sandpiper.parser.format.pdf.page;

import java.text.Normalizer;

/// Makes characters fit to be read: no controls, no half surrogates, no private look-alikes.
final class Characters {

  private static final char UNKNOWN = '\uFFFD';

  private Characters() {}

  static String clean(String text) {
    if (text.length() == 1 && isPlain(text.charAt(0))) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      append(clean, point);
    }
    return clean.toString();
  }

  private static boolean isPlain(char c) {
    return (c >= ' ' && c < 0x7F) || (c > 0xA0 && c < 0x300 && c != 0xAD);
  }

  private static void append(StringBuilder clean, int point) {
    if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
      clean.append(' ');
    } else if (point >= 0xFB00 && point <= 0xFB06) {
      clean.append(Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC));
    } else if (point == 0xAD) {
      clean.append('-');
    } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
      clean.append(UNKNOWN);
    } else if (!Character.isISOControl(point) && !isInvisible(point)) {
      clean.appendCodePoint(point);
    }
  }

  private static boolean isInvisible(int point) {
    return (point >= 0x200B && point <= 0x200F)
        || (point >= 0x202A && point <= 0x202E)
        || point == 0xFEFF
        || point == 0xFFFE
        || point == 0xFFFF;
  }
}
