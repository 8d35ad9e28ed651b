package dev.sandpiper.edge.library;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Text as the index sees it. Chinese, Japanese and Korean are written without spaces between
/// words, so each of their characters is a word, and a run of them is searched as a phrase.
final class Words {
  /// No character before it is a word of its own.
  private static final int FIRST_SINGLE = 0x1100;

  private Words() {}

  /// A word in a text.
  ///
  /// @param folded lower case, without accents
  record Word(String folded, int start, int end) {}

  /// The text to index: as it is, with a space between characters that are words of their own.
  static String spaced(String text) {
    int first = firstSingle(text);
    if (first < 0) {
      return text;
    }
    StringBuilder spaced = new StringBuilder(text.length() + text.length() / 2);
    spaced.append(text, 0, first);
    text.substring(first)
        .codePoints()
        .forEach(c -> {
          if (isSingle(c)) {
            spaced.append(' ').appendCodePoint(c).append(' ');
          } else {
            spaced.appendCodePoint(c);
          }
        });
    return spaced.toString();
  }

  /// The words of a text, in order.
  static List<Word> of(String text) {
    List<Word> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      boolean single = isSingle(c);
      if (start >= 0 && (single || !isWordPart(c))) {
        words.add(new Word(fold(text.substring(start, i)), start, i));
        start = -1;
      }
      if (single) {
        words.add(new Word(fold(text.substring(i, next)), i, next));
      } else if (start < 0 && Character.isLetterOrDigit(c)) {
        start = i;
      }
      i = next;
    }
    if (start >= 0) {
      words.add(new Word(fold(text.substring(start)), start, text.length()));
    }
    return words;
  }

  private static boolean isWordPart(int c) {
    return Character.isLetterOrDigit(c)
        || Character.getType(c) == Character.NON_SPACING_MARK
        || Character.getType(c) == Character.LETTER_NUMBER
        || Character.getType(c) == Character.OTHER_NUMBER;
  }

  /// Lower case, without accents; only for comparing with other folded words.
  static String fold(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.chars().allMatch(c -> c < 0x80)) {
      return lower;
    }
    StringBuilder folded = new StringBuilder(lower.length());
    Normalizer.normalize(lower, Normalizer.Form.NFD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }

  private static int firstSingle(String text) {
    // An array: every character of every document comes through here, and the agent's compiler
    // does not take the calls out of a loop over a string.
    char[] units = text.toCharArray();
    for (int i = 0; i < units.length; i++) {
      if (units[i] >= FIRST_SINGLE && isSingle(text.codePointAt(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isSingle(int c) {
    if (c < FIRST_SINGLE || !Character.isLetter(c)) {
      return false;
    }
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, YI -> true;
      default -> c == 0x30FC; // the long-vowel mark is shared by Hiragana and Katakana
    };
  }
}
