package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.library.Passage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a document's form gives away without a model: amounts, dates, deadlines, accounts.
final class Facts {
  private static final Pattern MONEY =
      Pattern.compile(
          "(?:€|\\$|£|EUR|USD|CHF)\\s?\\d[\\d.,’']*\\d|\\d[\\d.,’']*\\s?(?:€|\\$|£|EUR|Euro|USD|CHF)");
  private static final Pattern IBAN =
      Pattern.compile("\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\\b");
  private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?])\\s+(?=\\p{Lu})|\\n+");
  private static final Pattern FIRM =
      Pattern.compile(
          "\\p{Lu}[\\p{L}\\p{N}&.' -]{1,60}? (?:GmbH|AG|KG|OHG|UG|SE|e\\.V\\.|Ltd\\.?|Inc\\.?|LLC|plc)(?!\\w)");
  private static final int MOST = 4;
  private static final int LONGEST_LINE = 160;

  private final String text;
  private final List<Lexicon> lexicons;

  /// @param passages what it begins and ends with
  Facts(List<Passage> passages, List<Lexicon> lexicons) {
    this.text = String.join("\n", passages.stream().map(Passage::plain).toList());
    this.lexicons = lexicons;
  }

  /// Amounts of money, those in a sentence that names a total first.
  List<String> amounts() {
    Set<String> amounts = new LinkedHashSet<>();
    for (String line : SENTENCE.split(text, -1)) {
      if (names(line, "fact.total")) {
        MONEY.matcher(line).results().forEach(match -> amounts.add(match.group().strip()));
      }
    }
    MONEY.matcher(text).results().forEach(match -> amounts.add(match.group().strip()));
    return amounts.stream().limit(MOST).toList();
  }

  /// The sentence with a date, or a stretch of time, by which something is to be done.
  Optional<String> deadline() {
    for (String line : SENTENCE.split(text, -1)) {
      boolean time = Kind.DATE.isIn(line) || Kind.DURATION.isIn(line);
      if (time && names(line, "fact.deadline") && line.length() <= LONGEST_LINE) {
        return Optional.of(line.strip());
      }
    }
    return Optional.empty();
  }

  /// The first firm that is named: a letter says first who writes it.
  Optional<String> sender() {
    Matcher matcher = FIRM.matcher(text);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  /// The first days that are named.
  List<String> dates() {
    return Kind.DATE
        .form()
        .matcher(text)
        .results()
        .map(match -> match.group().strip())
        .filter(date -> date.chars().anyMatch(Character::isDigit) && date.length() > 6)
        .distinct()
        .limit(MOST)
        .toList();
  }

  Optional<String> account() {
    Matcher matcher = IBAN.matcher(text);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  private boolean names(String line, String key) {
    List<String> words = Tokens.of(line);
    return lexicons.stream()
        .flatMap(lexicon -> lexicon.list(key).stream())
        .anyMatch(words::contains);
  }

  /// How it begins: the first sentences that are more than a heading.
  List<String> beginning(int most) {
    return SENTENCE
        .splitAsStream(text)
        .map(String::strip)
        .filter(line -> line.length() >= 25)
        .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)
        .limit(most)
        .toList();
  }
}
