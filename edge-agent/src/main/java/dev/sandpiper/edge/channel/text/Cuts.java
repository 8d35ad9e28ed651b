package dev.sandpiper.edge.channel.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Finds the places to cut at: after a line, a sentence, a word, or at least a character.
///
/// @param fits whether a piece fits
/// @param most more characters certainly do not fit
record Cuts(Predicate<String> fits, int most) {
  private static final int LINE = 3;
  private static final int SENTENCE = 2;
  private static final int WORD = 1;
  private static final String CLOSERS = "\"')]}»”’";

  /// The pieces.
  List<String> pieces(Material material) {
    List<String> pieces = new ArrayList<>();
    String words = material.words();
    int from = material.next(0);
    while (from < words.length()) {
      int longest = longest(material, from);
      int to = longest == words.length() ? longest : bestCut(material, from, longest);
      String piece = material.piece(from, to);
      while (to > from + 1 && !fits.test(piece)) { // what is cut is marked on both sides
        to = bestCut(material, from, to - Math.max(1, (to - from) / 16));
        piece = material.piece(from, to);
      }
      pieces.add(piece);
      from = material.next(to);
    }
    return pieces;
  }

  /// The last place up to which everything fits; at least one character is taken.
  private int longest(Material material, int from) {
    int low = from + 1;
    int high = (int) Math.min(material.words().length(), (long) from + most);
    if (fits.test(material.piece(from, high))) {
      return high;
    }
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (fits.test(material.piece(from, middle))) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /// The best place, not before the middle unless there is none.
  private static int bestCut(Material material, int from, int longest) {
    int half = from + (longest - from) / 2;
    int[] best = new int[LINE + 1];
    for (int i = longest; i > half; i--) {
      if (material.divisible(i) && !material.parts(i)) {
        int kind = kind(material.words(), i);
        best[kind] = best[kind] == 0 ? i : best[kind];
      }
    }
    for (int kind = LINE; kind >= 0; kind--) {
      if (best[kind] > 0) {
        return best[kind];
      }
    }
    for (int i = longest; i > from; i--) {
      if (material.divisible(i)) {
        return i;
      }
    }
    // One character longer than a piece, such as a letter with thousands of accents.
    if (!Character.isLowSurrogate(material.words().charAt(longest))) {
      return longest;
    }
    return longest > from + 1 ? longest - 1 : longest + 1;
  }

  private static int kind(String words, int index) {
    char before = words.charAt(index - 1);
    char after = words.charAt(index);
    if (after == '\n' || before == '\n') {
      return LINE;
    }
    if ("。！？".indexOf(before) >= 0) {
      return SENTENCE;
    }
    if (!Character.isWhitespace(after)) {
      return Character.isWhitespace(before) ? WORD : 0;
    }
    int end = index - 1;
    while (end > 0 && CLOSERS.indexOf(words.charAt(end)) >= 0) {
      end--;
    }
    return ".!?…".indexOf(words.charAt(end)) >= 0 ? SENTENCE : WORD;
  }
}
