package dev.sandpiper.parser.format.docx;

/// Characters of the symbol fonts that documents use for ticks, arrows and Greek.
final class Symbols {

  private static final String SYMBOL_GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
  private static final String SYMBOL_GREEK_CAPITALS = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";

  private Symbols() {}

  /// The character at a hexadecimal code of a font; empty when it has no meaning outside it.
  static String character(String font, String hex) {
    int code;
    try {
      code = Integer.parseInt(hex, 16) & 0xFFFF;
    } catch (NumberFormatException e) {
      return "";
    }
    boolean privateUse = code >= 0xF000 && code <= 0xF0FF;
    int plain = privateUse ? code - 0xF000 : code;
    return switch (font) {
      case "Symbol" -> symbol(plain);
      case "Wingdings" -> wingdings(plain);
      default -> privateUse || plain < 0x20 ? "" : Character.toString(plain);
    };
  }

  private static String symbol(int code) {
    if (code >= 'a' && code <= 'z') {
      return SYMBOL_GREEK.substring(code - 'a', code - 'a' + 1);
    }
    if (code >= 'A' && code <= 'Z') {
      return SYMBOL_GREEK_CAPITALS.substring(code - 'A', code - 'A' + 1);
    }
    return switch (code) {
      case 0xA3 -> "≤";
      case 0xB3 -> "≥";
      case 0xA5 -> "∞";
      case 0xB0 -> "°";
      case 0xB1 -> "±";
      case 0xB4 -> "×";
      case 0xB7 -> "•";
      case 0xB9 -> "≠";
      case 0xBB -> "≈";
      case 0xAC -> "←";
      case 0xAE -> "→";
      case 0xD6 -> "√";
      case 0xE5 -> "∑";
      default -> code >= 0x20 && code < 0x7F ? Character.toString(code) : "";
    };
  }

  private static String wingdings(int code) {
    return switch (code) {
      case 0x6F, 0xA8, 0x71 -> "☐";
      case 0xFC -> "✓";
      case 0xFB -> "✗";
      case 0xFE -> "☑";
      case 0xFD -> "☒";
      case 0xE0, 0xE8 -> "→";
      case 0xDF -> "←";
      case 0x6C, 0x9F, 0xA7, 0x6E -> "•";
      case 0x4A -> "☺";
      case 0x28 -> "☎";
      case 0x2A -> "✉";
      default -> "";
    };
  }
}
