package dev.sandpiper.edge.ask;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A kind of thing that stands in documents, as far as its form tells.
enum Kind {
  /// Money, or another measured amount.
  AMOUNT(
      "(?:€|\\$|£|EUR|USD|CHF|GBP)\\s?\\d|\\d[\\d.,]*\\s?(?:€|\\$|£|%|EUR|Euro|USD|CHF|GBP|kWh|kg|m²|km)"),
  /// A day.
  DATE(
      "\\d{4}-\\d{2}-\\d{2}|\\d{1,2}\\.\\s?\\d{1,2}\\.(?:\\s?\\d{4})?|\\d{1,2}/\\d{1,2}/\\d{2}|\\b\\d{1,2}\\.? (?:"
          + words("months")
          + ")(?: \\d{4})?|(?:"
          + words("months")
          + ") \\d{1,2}(?:, \\d{4})?"),
  /// How long, how often.
  DURATION("\\b(?:" + words("units") + ")\\b");

  private final Pattern form;

  Kind(String form) {
    this.form = Pattern.compile(form, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  boolean isIn(String text) {
    return form.matcher(text).find();
  }

  /// Where the lexicons list the words that ask for it.
  String key() {
    return "expects." + name().toLowerCase(Locale.ROOT);
  }

  Pattern form() {
    return form;
  }

  private static String words(String key) {
    return Lexicon.all().stream()
        .flatMap(lexicon -> lexicon.list(key).stream())
        .collect(Collectors.joining("|"));
  }
}
