package dev.sandpiper.parser.format.text;

import dev.sandpiper.parser.format.ParseContext;

/// Bounds the emphasis in one block of Markdown: matching delimiters takes time that grows with the
/// square of their number.
final class EmphasisBound {

  /// Runs of asterisks or underscores that are understood between two empty lines.
  private static final int MOST_RUNS = 20_000;

  private EmphasisBound() {}

  /// The text with the delimiters beyond the bound escaped, which is a warning.
  static String apply(String text, ParseContext context) {
    StringBuilder out = null;
    int copied = 0;
    int runs = 0;
    boolean emptyLine = false;
    boolean escaped = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' && emptyLine) {
        runs = 0;
      }
      emptyLine = c == '\n' || (emptyLine && (c == ' ' || c == '\t' || c == '\r'));
      boolean literal = escaped;
      escaped = c == '\\' && !literal;
      if (literal || (c != '*' && c != '_')) {
        continue;
      }
      boolean starts = i == 0 || text.charAt(i - 1) != c;
      if (starts ? ++runs > MOST_RUNS : runs > MOST_RUNS) {
        out = out == null ? new StringBuilder(2 * text.length()) : out;
        out.append(text, copied, i).append('\\').append(c);
        copied = i + 1;
      }
    }
    if (out == null) {
      return text;
    }
    context.warn(
        "emphasis-ignored",
        "A paragraph has more emphasis than is read; the rest of its asterisks stayed text.",
        null);
    return out.append(text, copied, text.length()).toString();
  }
}
