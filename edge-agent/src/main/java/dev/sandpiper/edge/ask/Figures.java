package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.library.Clue;
import dev.sandpiper.edge.library.SearchQuery.Term;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers, amounts, dates and account numbers, which are written in more than one way.
final class Figures {
  private static final Pattern IBAN =
      Pattern.compile("\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\\b");
  private static final Pattern DATE =
      Pattern.compile(
          "\\b(?:(\\d{4})-(\\d{1,2})-(\\d{1,2})|(\\d{1,2})\\.\\s?(\\d{1,2})\\.\\s?(\\d{4}))");
  private static final Pattern AMOUNT =
      Pattern.compile(
          "(?<![\\w.,])\\d{1,3}(?:[.,'’ \\u00a0]\\d{3})+(?:[.,]\\d{1,2})?(?![\\w])|"
              + "(?<![\\w.,])\\d+[.,]\\d{1,2}(?![\\w.,]\\d)");
  private static final Pattern IDENTIFIER =
      Pattern.compile("\\b(?=[\\p{L}\\p{N}/_-]*\\d)[\\p{L}\\p{N}]+(?:[-/_][\\p{L}\\p{N}]+)+\\b");
  private static final double WEIGHT = 2;

  private final List<Clue> clues = new ArrayList<>();
  private final List<Lexicon> lexicons;
  private String rest;

  private Figures(String text, List<Lexicon> lexicons) {
    this.rest = text;
    this.lexicons = lexicons;
  }

  /// What was found, and the text without it.
  record Found(List<Clue> clues, String rest) {}

  /// @param lexicons how months are called
  static Found in(String text, List<Lexicon> lexicons) {
    Figures figures = new Figures(text, lexicons);
    figures.take(IBAN, Figures::iban);
    figures.take(DATE, figures::date);
    figures.take(AMOUNT, Figures::amount);
    figures.take(IDENTIFIER, matcher -> identifier(matcher.group()));
    return new Found(List.copyOf(figures.clues), figures.rest);
  }

  private interface Forms {
    Set<List<String>> of(Matcher matcher);
  }

  private void take(Pattern pattern, Forms forms) {
    Matcher matcher = pattern.matcher(rest);
    StringBuilder left = new StringBuilder();
    while (matcher.find()) {
      clue(forms.of(matcher)).ifPresent(clues::add);
      matcher.appendReplacement(left, " ");
    }
    rest = matcher.appendTail(left).toString();
  }

  private static Optional<Clue> clue(Set<List<String>> forms) {
    List<Term> terms =
        forms.stream()
            .filter(words -> !words.isEmpty())
            .limit(Clue.MAX_FORMS)
            .map(words -> new Term(words, false, false))
            .toList();
    return terms.isEmpty() ? Optional.empty() : Optional.of(new Clue(terms, WEIGHT));
  }

  private static Set<List<String>> iban(Matcher matcher) {
    String joined = matcher.group().replace(" ", "");
    List<String> groups = new ArrayList<>();
    for (int at = 0; at < joined.length(); at += 4) {
      groups.add(joined.substring(at, Math.min(joined.length(), at + 4)));
    }
    return forms(List.of(List.of(joined), groups));
  }

  private Set<List<String>> date(Matcher matcher) {
    boolean iso = matcher.group(1) != null;
    int year = Integer.parseInt(matcher.group(iso ? 1 : 6));
    int month = Integer.parseInt(matcher.group(iso ? 2 : 5));
    int day = Integer.parseInt(matcher.group(iso ? 3 : 4));
    String y = Integer.toString(year);
    String d = Integer.toString(day);
    List<List<String>> forms = new ArrayList<>();
    forms.add(List.of(y, two(month), two(day)));
    forms.add(List.of(two(day), two(month), y));
    forms.add(List.of(d, Integer.toString(month), y));
    for (Lexicon lexicon : lexicons) {
      List<String> months = lexicon.list("months");
      if (month >= 1 && month <= months.size()) {
        forms.add(List.of(d, months.get(month - 1), y));
      }
    }
    return forms(forms);
  }

  private static String two(int number) {
    return String.format(Locale.ROOT, "%02d", number);
  }

  /// With and without signs between the thousands; cents may be left out when there are none.
  private static Set<List<String>> amount(Matcher matcher) {
    String digits = matcher.group();
    List<String> parts = Tokens.of(digits);
    String last = parts.getLast();
    boolean cents = parts.size() > 1 && last.length() < 3;
    List<String> groups = cents ? parts.subList(0, parts.size() - 1) : parts;
    String whole = String.join("", groups);
    Set<List<String>> forms = new LinkedHashSet<>();
    forms.add(parts);
    List<String> plain = new ArrayList<>(List.of(whole));
    List<String> grouped = new ArrayList<>(grouped(whole));
    if (cents) {
      plain.add(last);
      grouped.add(last);
    }
    forms.add(plain);
    forms.add(grouped);
    if (!cents || last.equals("00")) {
      forms.add(List.of(whole));
    }
    return forms;
  }

  private static List<String> grouped(String whole) {
    List<String> groups = new ArrayList<>();
    for (int end = whole.length(); end > 0; end -= 3) {
      groups.addFirst(whole.substring(Math.max(0, end - 3), end));
    }
    return groups;
  }

  private static Set<List<String>> identifier(String text) {
    List<String> parts = Tokens.of(text);
    return forms(List.of(parts, List.of(String.join("", parts))));
  }

  private static Set<List<String>> forms(List<List<String>> forms) {
    return new LinkedHashSet<>(forms);
  }
}
