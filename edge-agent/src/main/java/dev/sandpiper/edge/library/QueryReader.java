package dev.sandpiper.edge.library;

import dev.sandpiper.edge.library.DocumentFilter.Facets;
import dev.sandpiper.edge.library.SearchQuery.Term;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what a person types into a search box.
final class QueryReader {
  private static final int MAX_TERMS = 32;

  private final String input;
  private final List<Term> terms = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int at;
  private @Nullable String type;
  private @Nullable Instant after;
  private @Nullable Instant before;
  private @Nullable String tag;
  private @Nullable String language;

  QueryReader(String input) {
    this.input =
        input.length() > SearchQuery.MAX_LENGTH
            ? input.substring(0, SearchQuery.MAX_LENGTH)
            : input;
  }

  SearchQuery read() {
    while (at < input.length()) {
      if (isSpace(input.charAt(at))) {
        at++;
      } else {
        token();
      }
    }
    if (!terms.isEmpty() && terms.stream().allMatch(Term::excluded)) {
      notes.add("Add a word to look for: every word is excluded.");
    }
    return new SearchQuery(terms, new Facets(type, after, before, tag, language), notes, 0, 20);
  }

  private void token() {
    boolean excluded = input.charAt(at) == '-' && at + 1 < input.length();
    if (excluded) {
      at++;
    }
    boolean quoted = input.charAt(at) == '"';
    String text = quoted ? phrase() : word();
    boolean prefix = text.endsWith("*") || (at < input.length() && input.charAt(at) == '*');
    if (!filter(text)) {
      term(text, quoted, prefix, excluded);
    }
  }

  /// Up to the closing quote, or to the end.
  private String phrase() {
    int start = ++at;
    int end = input.indexOf('"', start);
    at = end < 0 ? input.length() : end + 1;
    return input.substring(start, end < 0 ? input.length() : end);
  }

  /// Up to a space; the value of a filter may be quoted.
  private String word() {
    int start = at;
    while (at < input.length() && !isSpace(input.charAt(at)) && input.charAt(at) != '"') {
      at++;
    }
    String word = input.substring(start, at);
    boolean quoted = word.endsWith(":") && at < input.length() && input.charAt(at) == '"';
    return quoted ? word + phrase() : word;
  }

  private void term(String text, boolean quoted, boolean prefix, boolean excluded) {
    List<String> words =
        Words.of(text).stream().map(word -> text.substring(word.start(), word.end())).toList();
    if (words.isEmpty()) {
      return; // nothing but signs
    }
    if (terms.size() == MAX_TERMS) {
      notes.add("Only the first " + MAX_TERMS + " words were used.");
    }
    if (terms.size() < MAX_TERMS) {
      terms.add(new Term(words, prefix, excluded, quoted));
    }
  }

  private boolean filter(String text) {
    int colon = text.indexOf(':');
    String value = text.substring(colon + 1);
    if (colon < 1 || value.isEmpty()) {
      return false;
    }
    switch (text.substring(0, colon)) {
      case "type" -> type = value;
      case "tag" -> tag = value;
      case "lang" -> language = value;
      case "after" -> after = date(text, value);
      case "before" -> before = date(text, value);
      default -> {
        return false;
      }
    }
    return true;
  }

  private @Nullable Instant date(String text, String value) {
    try {
      LocalDate day =
          switch (value.length()) {
            case 4 -> Year.parse(value).atDay(1);
            case 7 -> YearMonth.parse(value).atDay(1);
            default -> LocalDate.parse(value);
          };
      return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      notes.add("Ignored " + text + ": write a date like 2025-01-31, 2025-01 or 2025.");
      return null;
    }
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
