package dev.sandpiper.edge.ask;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words of a text, as people compare them.
final class Tokens {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  /// A word that only its first letters tell from another form of itself.
  private static final int STEM = 5;

  private Tokens() {}

  /// Words in lower case, in order.
  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group().toLowerCase(Locale.ROOT));
    }
    return words;
  }

  /// What is left of a word when its accents and its ending do not matter.
  static String rough(String word) {
    String plain =
        Normalizer.normalize(word.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
            .replaceAll("\\p{Mn}", "")
            .replace("ß", "ss");
    boolean number = plain.chars().anyMatch(Character::isDigit);
    return number || plain.length() <= STEM ? plain : plain.substring(0, STEM);
  }

  /// The rough words of a text that say something in one of the languages; numbers always do.
  static Set<String> telling(String text, List<Lexicon> lexicons) {
    Set<String> telling = new LinkedHashSet<>();
    for (String word : of(text)) {
      boolean number = Character.isDigit(word.charAt(0));
      boolean stop = lexicons.stream().anyMatch(lexicon -> lexicon.isStop(word));
      if (number || ((word.length() > 1 || isIdeograph(word)) && !stop)) {
        telling.add(rough(word));
      }
    }
    return telling;
  }

  /// Whether a word is of a script that is written without spaces.
  static boolean isIdeograph(String word) {
    return switch (Character.UnicodeScript.of(word.codePointAt(0))) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, THAI -> true;
      default -> false;
    };
  }
}
