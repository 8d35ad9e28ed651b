package dev.sandpiper.parser.render.markdown;

/// CommonMark's rule for which asterisks open and close emphasis.
final class Flanking {

  private Flanking() {}

  /// Whether delimiters around text work, given the characters just outside and just inside.
  static boolean works(int outsideLeft, int insideLeft, int insideRight, int outsideRight) {
    return side(insideLeft, outsideLeft) && side(insideRight, outsideRight);
  }

  private static boolean side(int inside, int outside) {
    return !isSpace(inside)
        && (!isPunctuation(inside) || isSpace(outside) || isPunctuation(outside));
  }

  static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean isPunctuation(int c) {
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL ->
          true;
      default -> false;
    };
  }
}
