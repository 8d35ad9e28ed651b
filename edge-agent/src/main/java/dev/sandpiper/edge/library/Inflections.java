package dev.sandpiper.edge.library;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The simple forms of a word, English and German, without a dictionary: `end` meets `ends`,
/// `Rechnung` meets `Rechnungen`. A form that is no word costs a look-up and finds nothing.
public final class Inflections {
  /// Most forms of one word.
  private static final int MOST = 24;

  private static final int SHORTEST = 3;

  /// A shorter German stem with an ending put on is too often another word (`rent`, `Rente`).
  private static final int SHORTEST_LENGTHENED = 5;

  private static final int SHORTEST_STRIPPED = 4;

  /// Longest first.
  private static final List<String> GERMAN = List.of("ern", "em", "en", "er", "es", "e", "n", "s");

  private Inflections() {}

  /// The word itself, then its other forms, in lower case; only itself when it has a digit or is
  /// very short.
  public static List<String> of(String typed) {
    String word = typed.toLowerCase(Locale.ROOT);
    Set<String> forms = new LinkedHashSet<>(List.of(word));
    if (word.length() >= SHORTEST && word.chars().allMatch(Character::isLetter)) {
      for (String base : englishBases(word)) {
        english(base, forms);
      }
      german(word, forms);
    }
    return forms.stream().limit(MOST).toList();
  }

  private static List<String> englishBases(String word) {
    List<String> bases = new ArrayList<>(List.of(word));
    if (word.endsWith("ies")) {
      base(bases, word, 3, "y");
    } else if (word.endsWith("sses") || word.endsWith("xes") || word.endsWith("ches")) {
      base(bases, word, 2, "");
    } else if (word.endsWith("s") && !word.endsWith("ss")) {
      base(bases, word, 1, "");
    } else if (word.endsWith("ied")) {
      base(bases, word, 3, "y");
    } else if (word.endsWith("ed")) {
      base(bases, word, 2, "");
      base(bases, word, 1, "");
    } else if (word.endsWith("ing")) {
      base(bases, word, 3, "");
      base(bases, word, 3, "e");
    }
    return bases;
  }

  private static void base(List<String> bases, String word, int cut, String ending) {
    String base = word.substring(0, word.length() - cut) + ending;
    if (base.length() >= SHORTEST) {
      bases.add(base);
    }
  }

  private static void english(String base, Set<String> forms) {
    forms.add(base);
    char last = base.charAt(base.length() - 1);
    if (last == 'y') {
      forms.add(base.substring(0, base.length() - 1) + "ies");
      forms.add(base.substring(0, base.length() - 1) + "ied");
    }
    boolean hisses = last == 's' || last == 'x' || base.endsWith("ch") || base.endsWith("sh");
    forms.add(base + (hisses ? "es" : "s"));
    forms.add(base + (last == 'e' ? "d" : "ed"));
    forms.add((last == 'e' ? base.substring(0, base.length() - 1) : base) + "ing");
  }

  private static void german(String word, Set<String> forms) {
    String stem = word;
    for (String ending : GERMAN) {
      if (word.endsWith(ending) && word.length() - ending.length() >= SHORTEST_STRIPPED) {
        stem = word.substring(0, word.length() - ending.length());
        break;
      }
    }
    boolean stripped = stem.length() < word.length();
    if (!stripped && stem.length() < SHORTEST_LENGTHENED) {
      return;
    }
    forms.add(stem);
    for (String ending : GERMAN) {
      forms.add(stem + ending);
    }
  }
}
