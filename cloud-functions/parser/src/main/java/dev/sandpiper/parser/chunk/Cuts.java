package dev.sandpiper.parser.chunk;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where a text may be cut: best at a line, then a sentence, then a word, at worst between two
/// characters as people see them.
final class Cuts {

  /// How far back from the bound a grapheme is looked for; a longer one is cut between code points.
  private static final int GRAPHEME_WINDOW = 64;

  private Cuts() {}

  /// The text in pieces of at most `max` characters, none blank, trimmed at the ends.
  static List<String> pieces(String text, int max) {
    List<String> pieces = new ArrayList<>();
    for (int[] range : ranges(text, max)) {
      String piece = text.substring(range[0], range[1]).strip();
      if (!piece.isEmpty()) {
        pieces.add(piece);
      }
    }
    return pieces;
  }

  /// The borders of such pieces, without gaps, as pairs of start and end.
  static List<int[]> ranges(String text, int max) {
    List<int[]> ranges = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.length() - start <= max ? text.length() : cut(text, start, start + max);
      ranges.add(new int[] {start, end});
      start = end;
    }
    return ranges;
  }

  private static int cut(String text, int start, int limit) {
    int least = start + (limit - start) / 2;
    int line = text.lastIndexOf('\n', limit - 1) + 1;
    if (line > least) {
      return line;
    }
    int sentence = sentence(text, start, limit);
    if (sentence > least) {
      return sentence;
    }
    int word = limit;
    while (word > least && !Character.isWhitespace(text.charAt(word - 1))) {
      word--;
    }
    return word > least ? word : grapheme(text, start, limit);
  }

  private static int sentence(String text, int start, int limit) {
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    String part = text.substring(start, limit);
    sentences.setText(part);
    // The end of the part is always a border of the iterator, though no sentence need end there.
    int border = sentences.preceding(part.length());
    return border == BreakIterator.DONE ? start : start + border;
  }

  private static int grapheme(String text, int start, int limit) {
    int from = Math.max(start, limit - GRAPHEME_WINDOW);
    if (from > start && Character.isLowSurrogate(text.charAt(from))) {
      from--;
    }
    BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
    String part = text.substring(from, Math.min(text.length(), limit + GRAPHEME_WINDOW));
    graphemes.setText(part);
    int at = limit - from;
    int border = graphemes.isBoundary(at) ? at : graphemes.preceding(at);
    if (border > 0) {
      return from + border;
    }
    return Character.isLowSurrogate(text.charAt(limit)) && limit - 1 > start ? limit - 1 : limit;
  }
}
