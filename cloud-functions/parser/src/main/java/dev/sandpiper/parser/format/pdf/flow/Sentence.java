package dev.sandpiper.parser.format.pdf.flow;

/// Looks at the ends of text.
final class Sentence {

  private static final String ENDS = ".!?:。！？…";
  private static final String CLOSERS = "\"'”’)]»";

  private Sentence() {}

  static boolean ends(String text) {
    String rest = text.stripTrailing();
    int end = rest.length();
    while (end > 0 && CLOSERS.indexOf(rest.charAt(end - 1)) >= 0) {
      end--;
    }
    return end > 0 && ENDS.indexOf(rest.charAt(end - 1)) >= 0;
  }

  /// Whether the first letter is a capital, a digit or of a script without case.
  static boolean begins(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        return !Character.isLowerCase(c);
      }
    }
    return false;
  }

  static boolean startsLowerCase(String text) {
    String start = text.stripLeading();
    return !start.isEmpty() && Character.isLowerCase(start.charAt(0));
  }

  /// Whether the text ends in a hyphen that belongs to what goes on in the next line: a serial
  /// number, a range, a compound of names.
  static boolean continuesCompound(CharSequence text, String next) {
    int end = text.length();
    if (end < 2 || next.isEmpty() || text.charAt(end - 1) != '-') {
      return false;
    }
    char after = next.charAt(0);
    return Character.isLetterOrDigit(text.charAt(end - 2))
        && (Character.isDigit(after) || Character.isUpperCase(after));
  }

  /// Whether the text ends in a hyphen that splits a word.
  static boolean endsHyphenated(CharSequence text) {
    int end = text.length();
    return end > 1
        && (text.charAt(end - 1) == '-' || text.charAt(end - 1) == '\u2010')
        && Character.isLetter(text.charAt(end - 2));
  }
}
