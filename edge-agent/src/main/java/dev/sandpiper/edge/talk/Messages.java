package dev.sandpiper.edge.talk;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What the agent says, in every language there is a file for: `Messages.properties` is English,
/// `Messages_<language>.properties` another one. A text is a [MessageFormat] pattern, so numbers
/// come out as the language writes them; a number that is a name, such as a job's, goes in as text.
/// The texts are CommonMark; whatever comes from outside goes through [Markdown] first.
public final class Messages {
  private static final int LONGEST_TAG = 8;

  private final Map<String, Map<String, String>> languages = new ConcurrentHashMap<>();

  /// A text in somebody's language, or in English when it is not there.
  ///
  /// @param args what stands for `{0}`, `{1}`, …
  /// @throws IllegalArgumentException when no file has the key
  public String text(Locale locale, String key, Object... args) {
    String language = speaks(locale.getLanguage()) ? locale.getLanguage() : "en";
    String pattern = language(language).get(key);
    if (pattern == null) {
      language = "en";
      pattern = language("en").get(key);
    }
    if (pattern == null) {
      throw new IllegalArgumentException("no text is called " + key);
    }
    Locale form = language.equals(locale.getLanguage()) ? locale : Locale.forLanguageTag(language);
    return new MessageFormat(pattern, form).format(args);
  }

  /// Every text whose key begins with `prefix`, for somebody who puts the arguments in themselves:
  /// `{0}` stands where the first goes. What a language does not have is there in English.
  public Map<String, String> patterns(Locale locale, String prefix) {
    Map<String, String> texts = new TreeMap<>();
    for (String language : List.of("en", locale.getLanguage())) {
      language(language)
          .forEach((key, pattern) -> {
            if (key.startsWith(prefix)) {
              texts.put(key, pattern.replace("''", "'"));
            }
          });
    }
    return texts;
  }

  /// Whether there is a text of that name.
  public boolean has(String key) {
    return language("en").containsKey(key);
  }

  /// Whether there is a file for a language.
  ///
  /// @param language two or three letters, such as `de`
  public boolean speaks(String language) {
    return !language(language).isEmpty();
  }

  /// Every language there is a file for, English first.
  public List<Locale> spoken() {
    return Arrays.stream(Locale.getISOLanguages())
        .filter(language -> language.equals("en") || resource(language) != null)
        .map(Locale::forLanguageTag)
        .sorted(
            Comparator.comparing((Locale locale) -> !locale.getLanguage().equals("en"))
                .thenComparing(Locale::getLanguage))
        .toList();
  }

  /// The keys of a language's file; empty when there is none.
  Map<String, String> language(String language) {
    if (!language.equals("en") && (language.length() > LONGEST_TAG || !isWord(language))) {
      return Map.of();
    }
    Map<String, String> known = languages.get(language);
    if (known != null) {
      return known;
    }
    Map<String, String> texts = read(language);
    if (!texts.isEmpty()) {
      languages.put(language, texts);
    }
    return texts;
  }

  private static boolean isWord(String language) {
    return !language.isEmpty() && language.chars().allMatch(c -> c >= 'a' && c <= 'z');
  }

  private static Map<String, String> read(String language) {
    try (InputStream in = resource(language)) {
      if (in == null) {
        return Map.of();
      }
      Properties texts = new Properties();
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      Map<String, String> read = new ConcurrentHashMap<>();
      texts.stringPropertyNames().forEach(key -> read.put(key, texts.getProperty(key)));
      return Map.copyOf(read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable InputStream resource(String language) {
    String file =
        language.equals("en") ? "Messages.properties" : "Messages_" + language + ".properties";
    return Messages.class.getResourceAsStream(file);
  }
}
