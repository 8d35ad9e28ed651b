package dev.sandpiper.parser;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells languages of the same script apart by the small words that every text is full of. Says
/// nothing of short texts, of lists and tables without sentences, and of close calls.
final class FunctionWords {

  private static final int LEAST_WORDS = 100;
  private static final int MOST_WORDS = 1_000;
  private static final int LEAST_DIFFERENT = 6;
  private static final int LONGEST = 5;

  private static final Map<String, Set<String>> WORDS =
      Map.of(
          "de",
          words("der die und in den von zu das mit sich des auf für ist nicht dem ein"),
          "en",
          words("the of and to in a is that for it as was with be by on"),
          "fr",
          words("de la le et les des en un du une que est pour dans qui au"),
          "es",
          words("de la que el en y a los se del las un por con una para"),
          "it",
          words("di e il che la in a per del un della le con non si una"),
          "nl",
          words("de het een van en in is dat op te zijn met voor niet die aan"),
          "pt",
          words("de a o que e do da em um para com não uma os no dos"),
          "pl",
          words("i w na z się do nie że o jest to od za po oraz jak"));

  private final Map<String, Integer> hits = new HashMap<>();
  private int words;

  private static Set<String> words(String list) {
    return Set.of(list.split(" ", -1));
  }

  /// Counts the words of a text.
  void add(String text) {
    int at = 0;
    while (at < text.length() && words < MOST_WORDS) {
      int start = at;
      while (at < text.length() && Character.isLetter(text.charAt(at))) {
        at++;
      }
      if (at == start) {
        at++;
      } else {
        words++;
        hit(text, start, at);
      }
    }
  }

  private void hit(String text, int start, int end) {
    if (end - start <= LONGEST) {
      String word = text.substring(start, end).toLowerCase(Locale.ROOT);
      if (WORDS.values().stream().anyMatch(known -> known.contains(word))) {
        hits.merge(word, 1, Integer::sum);
      }
    }
  }

  /// The language the words are of, when `told` is certainly not; `null` otherwise.
  ///
  /// @param told a primary tag; only the languages known here can be contradicted
  @Nullable String insteadOf(String told) {
    if (words < LEAST_WORDS || !WORDS.containsKey(told)) {
      return null;
    }
    String best = told;
    for (String language : WORDS.keySet()) {
      if (count(language) > count(best)) {
        best = language;
      }
    }
    int second = 0;
    for (String language : WORDS.keySet()) {
      second = language.equals(best) ? second : Math.max(second, count(language));
    }
    boolean many = count(best) * 7 > words && different(best) >= LEAST_DIFFERENT;
    boolean clear = count(best) * 2 > second * 3 && count(best) > count(told) * 2;
    return many && clear ? best : null;
  }

  private int count(String language) {
    return known(language).stream().mapToInt(word -> hits.getOrDefault(word, 0)).sum();
  }

  private long different(String language) {
    return known(language).stream().filter(hits::containsKey).count();
  }

  private static Set<String> known(String language) {
    return WORDS.getOrDefault(language, Set.of());
  }
}
