package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.ask.Question.Wish;
import dev.sandpiper.edge.library.Clue;
import dev.sandpiper.edge.library.Inflections;
import dev.sandpiper.edge.library.SearchQuery;
import dev.sandpiper.edge.library.SearchQuery.Term;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes of a question what to look for, without a model: drops the words that say nothing, opens
/// endings, keeps numbers and quotations as they are.
final class QuestionReader {
  private static final int LONGEST = 4_000;
  private static final int SHORTEST_OPEN = 4;

  /// A question of so few words may well go on with the one before.
  private static final int SHORT = 2;

  /// What a word counts that says what is asked of the subject, not what the subject is.
  private static final double FRAME = 0.4;

  private static final Pattern QUOTED = Pattern.compile("[\"“„«]([^\"“”„»«]{2,200})[\"“”»]");
  private static final Pattern FILTER =
      Pattern.compile("(?<!\\S)(?:type|after|before|tag|lang):(?:\"[^\"]*\"|\\S+)");
  private static final Pattern FILE =
      Pattern.compile(
          "[\\p{L}\\p{N}][\\p{L}\\p{N}_.()+&-]*\\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|txt|md|csv|tsv"
              + "|eml|msg|html?|epub|rtf|json|xml|zip|tar|jpe?g|png|tiff?|heic|webp)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{Mn}]+(?:-[\\p{L}]+)*");

  private final List<Lexicon> lexicons;

  QuestionReader(List<Lexicon> lexicons) {
    this.lexicons = lexicons;
  }

  Question read(String question, Locale spoken, LocalDate today) {
    String text = question.length() > LONGEST ? question.substring(0, LONGEST) : question;
    List<String> words = Tokens.of(text);
    Lexicon language = Lexicon.of(lexicons, words, spoken);
    List<Clue> clues = new ArrayList<>();
    String rest = FILTER.matcher(text).replaceAll(" ");
    List<String> names = names(rest);
    rest = quotations(rest, clues);
    Figures.Found figures = Figures.in(rest, lexicons);
    clues.addAll(figures.clues());
    words(figures.rest(), language, clues);
    Set<String> telling = telling(text);
    return new Question(
        text,
        clues,
        telling,
        SearchQuery.parse(text).facets(),
        new Times(language, words, today).hint(),
        names,
        wishes(text, words, clues, language),
        expects(words, language),
        language);
  }

  private Set<String> telling(String text) {
    return Tokens.telling(text, lexicons);
  }

  private static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    Matcher matcher = FILE.matcher(text);
    while (matcher.find() && names.size() < 5) {
      names.add(matcher.group());
    }
    return names;
  }

  private static String quotations(String text, List<Clue> clues) {
    Matcher matcher = QUOTED.matcher(text);
    StringBuilder rest = new StringBuilder();
    while (matcher.find()) {
      List<String> words = Tokens.of(matcher.group(1));
      if (!words.isEmpty()) {
        clues.add(new Clue(List.of(new Term(words, false, false)), 2));
      }
      // Its words count by themselves, too: nobody remembers a sentence to the letter.
      matcher.appendReplacement(rest, Matcher.quoteReplacement(" " + matcher.group(1) + " "));
    }
    return matcher.appendTail(rest).toString();
  }

  private void words(String text, Lexicon language, List<Clue> clues) {
    Set<String> seen = new LinkedHashSet<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      String word = matcher.group().toLowerCase(Locale.ROOT);
      if (Tokens.isIdeograph(word)) {
        pairs(word, clues);
      } else if (seen.add(word) && tells(word, language)) {
        clues.add(clue(word, language));
        parts(word, language, clues);
      }
    }
  }

  private boolean tells(String word, Lexicon language) {
    boolean number = Character.isDigit(word.charAt(0));
    return !language.isStop(word)
        && !language.set("act").contains(word)
        && (number || word.length() > 1);
  }

  /// Of words joined by a hyphen each counts by itself, too.
  private static void parts(String word, Lexicon language, List<Clue> clues) {
    String[] parts = word.split("-", -1);
    for (int i = 0; i < parts.length && parts.length > 1; i++) {
      if (parts[i].length() > 2 && !language.isStop(parts[i])) {
        clues.add(clue(parts[i], language));
      }
    }
  }

  /// Words of a script without spaces: every two characters are a clue.
  private static void pairs(String run, List<Clue> clues) {
    int[] points = run.codePoints().toArray();
    for (int i = 0; i + 1 < Math.max(2, points.length) && clues.size() < 40; i++) {
      List<String> pair = new ArrayList<>(List.of(Character.toString(points[i])));
      if (i + 1 < points.length) {
        pair.add(Character.toString(points[i + 1]));
      }
      clues.add(new Clue(List.of(new Term(pair, false, false)), 0.5));
    }
  }

  /// A word as it is, then open at its end. What is spelled in two ways is looked for in both.
  private static Clue clue(String word, Lexicon language) {
    Set<Term> forms = new LinkedHashSet<>();
    List<String> parts = List.of(word.split("-", -1));
    forms.add(new Term(parts, false, false));
    if (parts.size() > 1) {
      forms.add(new Term(List.of(String.join("", parts)), false, false));
    } else if (Character.isLetter(word.charAt(0))) {
      for (String spelling : spellings(word)) {
        forms.add(new Term(List.of(spelling), false, false));
        String stem = language.stem(spelling);
        if (stem.length() >= SHORTEST_OPEN) {
          forms.add(new Term(List.of(stem), true, false));
        }
      }
      // The beginning of a short word is that of too many others.
      if (forms.stream().noneMatch(Term::prefix)) {
        Inflections.of(word).forEach(form -> forms.add(new Term(List.of(form), false, false)));
      }
    }
    double weight = language.set("frame").contains(word) ? FRAME : 1;
    return new Clue(forms.stream().limit(Clue.MAX_FORMS).toList(), weight);
  }

  private static Set<String> spellings(String word) {
    Set<String> spellings = new LinkedHashSet<>(List.of(word));
    spellings.add(word.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü"));
    spellings.add(word.contains("ß") ? word.replace("ß", "ss") : word.replace("ss", "ß"));
    return spellings;
  }

  private Set<Wish> wishes(String text, List<String> words, List<Clue> clues, Lexicon language) {
    Set<Wish> wishes = EnumSet.noneOf(Wish.class);
    if (words.stream().anyMatch(language.set("act")::contains)) {
      wishes.add(Wish.ACT);
    }
    if (words.stream().anyMatch(language.set("state")::contains)) {
      wishes.add(Wish.STATE);
    }
    if (words.stream().anyMatch(language.set("summary")::contains)) {
      wishes.add(Wish.SUMMARY);
    }
    if (isFollowUp(text, words, clues, language)) {
      wishes.add(Wish.FOLLOW_UP);
    }
    if (isSmallTalk(words) && !goesOn(words, language)) {
      wishes.add(Wish.SMALL_TALK);
    }
    return wishes;
  }

  private static boolean goesOn(List<String> words, Lexicon language) {
    String start = String.join(" ", words) + " ";
    return language.phrases("follow").stream().anyMatch(it -> start.startsWith(it + " "));
  }

  private static Set<Kind> expects(List<String> words, Lexicon language) {
    String text = " " + String.join(" ", words) + " ";
    Set<Kind> expects = EnumSet.noneOf(Kind.class);
    for (Kind kind : Kind.values()) {
      if (language.phrases(kind.key()).stream().anyMatch(it -> text.contains(" " + it + " "))) {
        expects.add(kind);
      }
    }
    return expects;
  }

  private static boolean isFollowUp(
      String text, List<String> words, List<Clue> clues, Lexicon language) {
    boolean pointsBack = words.stream().anyMatch(language.set("back")::contains);
    boolean few = clues.size() <= SHORT && text.length() < 80;
    return goesOn(words, language) || (few && (pointsBack || clues.size() <= 1));
  }

  /// Whether every word is one that says nothing, or is said in passing, in whatever language.
  private boolean isSmallTalk(List<String> words) {
    return words.stream()
        .allMatch(word ->
            lexicons.stream()
                .anyMatch(lexicon -> lexicon.isStop(word) || lexicon.set("talk").contains(word)));
  }
}
