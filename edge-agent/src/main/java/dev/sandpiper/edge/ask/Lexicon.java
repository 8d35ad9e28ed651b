package dev.sandpiper.edge.ask;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What questions are understood by in one language. The words are data: `words/<language>
/// .properties`.
final class Lexicon {
  /// Shorter stems would be the beginning of too many words.
  private static final int SHORTEST_STEM = 4;

  private final String language;
  private final Properties words;
  private final Set<String> stop;
  private final List<String> endings;

  private Lexicon(String language, Properties words) {
    this.language = language;
    this.words = words;
    this.stop = set("stop");
    this.endings = list("endings");
  }

  /// All languages, in the order of `languages.txt`.
  static List<Lexicon> all() {
    List<Lexicon> all = new ArrayList<>();
    for (String language : text("words/languages.txt").strip().split("\\s+", -1)) {
      Properties words = new Properties();
      try (InputStream in = stream("words/" + language + ".properties")) {
        words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      all.add(new Lexicon(language, words));
    }
    return List.copyOf(all);
  }

  private static String text(String name) {
    try (InputStream in = stream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream stream(String name) {
    InputStream in = Lexicon.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("the distribution has no " + name);
    }
    return in;
  }

  String language() {
    return language;
  }

  boolean isStop(String word) {
    return stop.contains(word);
  }

  /// Words listed under a key, in lower case.
  Set<String> set(String key) {
    return new TreeSet<>(list(key));
  }

  List<String> list(String key) {
    return Arrays.stream(words.getProperty(key, "").split("\\s+", -1))
        .filter(Predicate.not(String::isEmpty))
        .map(word -> word.replace('_', ' '))
        .toList();
  }

  /// Phrases listed under a key, separated by bars.
  Set<String> phrases(String key) {
    return Arrays.stream(words.getProperty(key, "").split("\\|", -1))
        .map(String::strip)
        .filter(Predicate.not(String::isEmpty))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// A word without its ending, as far as that can be told without a dictionary.
  String stem(String word) {
    for (String ending : endings) {
      if (word.endsWith(ending) && word.length() - ending.length() >= SHORTEST_STEM) {
        return word.substring(0, word.length() - ending.length());
      }
    }
    return word;
  }

  /// The lexicon of most of the words; of the person's language when no word tells.
  static Lexicon of(List<Lexicon> all, List<String> words, Locale spoken) {
    Lexicon best = of(all, spoken);
    long most = words.stream().filter(best::isStop).count();
    for (Lexicon lexicon : all) {
      long count = words.stream().filter(lexicon::isStop).count();
      if (count > most) {
        most = count;
        best = lexicon;
      }
    }
    return best;
  }

  static Lexicon of(List<Lexicon> all, Locale spoken) {
    return all.stream()
        .filter(lexicon -> lexicon.language.equals(spoken.getLanguage()))
        .findFirst()
        .orElse(all.getFirst());
  }
}
