package dev.sandpiper.edge.library;

import dev.sandpiper.edge.library.SearchQuery.Term;
import dev.sandpiper.edge.library.Words.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Ranks a passage by how many of the clues it has, how rare they are, and how near they stand to
/// each other.
final class PassageRanking {
  private static final double COVERAGE = 0.55;
  private static final double INDEX = 0.25;
  private static final double NEARNESS = 0.15;
  private static final double HEADING = 0.05;

  /// A clue that only the title has says what the document is about, not what the passage says.
  private static final double IN_TITLE_ONLY = 0.6;

  /// Words between two clues that belong together.
  private static final int NEAR = 8;

  private final List<Weighed> clues;
  private final double whole;

  PassageRanking(List<Weighed> clues) {
    this.clues = clues.stream().map(Weighed::folded).toList();
    this.whole = clues.stream().mapToDouble(Weighed::weight).sum();
  }

  /// A clue and what it counts: what the question gives it, times its rarity.
  record Weighed(Clue clue, double weight) {
    private Weighed folded() {
      List<Term> folded = new ArrayList<>();
      for (Term term : clue.anyOf()) {
        List<String> words =
            term.words().stream()
                .flatMap(word -> Words.of(word).stream())
                .map(Word::folded)
                .toList();
        folded.add(new Term(words, term.prefix(), false));
      }
      return new Weighed(new Clue(folded, clue.weight()), weight);
    }
  }

  /// @param share how the index ranked it, 0 to 1
  Passage rank(Passage passage, double share) {
    List<String> text = words(passage.text());
    List<String> headings = words(String.join("\n", passage.headings()));
    List<String> title = words(title(passage.document()));
    double met = 0;
    double inHeadings = 0;
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < clues.size(); i++) {
      Weighed clue = clues.get(i);
      int before = places.size();
      collect(text, clue.clue(), i, places);
      boolean above = has(headings, clue.clue());
      boolean inTitle = has(title, clue.clue());
      if (places.size() > before || above) {
        met += clue.weight();
      } else if (inTitle) {
        met += clue.weight() * IN_TITLE_ONLY;
      }
      inHeadings += above || inTitle ? clue.weight() : 0;
    }
    double coverage = whole == 0 ? 0 : met / whole;
    double score =
        COVERAGE * coverage
            + INDEX * share
            + NEARNESS * nearness(places)
            + HEADING * (whole == 0 ? 0 : inHeadings / whole);
    return new Passage(
        passage.id(),
        passage.document(),
        passage.headings(),
        passage.pages(),
        passage.place(),
        passage.text(),
        score,
        coverage);
  }

  private record Place(int clue, int word) {}

  private static String title(DocumentInfo document) {
    return document.title() == null ? document.name() : document.title() + "\n" + document.name();
  }

  private static List<String> words(String text) {
    return Words.of(text).stream().map(Word::folded).toList();
  }

  private static boolean has(List<String> words, Clue clue) {
    for (int at = 0; at < words.size(); at++) {
      if (matches(words, at, clue)) {
        return true;
      }
    }
    return false;
  }

  private static void collect(List<String> words, Clue clue, int number, List<Place> places) {
    for (int at = 0; at < words.size(); at++) {
      if (matches(words, at, clue)) {
        places.add(new Place(number, at));
      }
    }
  }

  private static boolean matches(List<String> words, int at, Clue clue) {
    for (Term term : clue.anyOf()) {
      if (matches(words, at, term)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(List<String> words, int at, Term term) {
    int size = term.words().size();
    if (at + size > words.size()) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      String word = words.get(at + i);
      String wanted = term.words().get(i);
      boolean open = term.prefix() && i == size - 1;
      if (open ? !word.startsWith(wanted) : !word.equals(wanted)) {
        return false;
      }
    }
    return true;
  }

  /// The share of the weight that stands beside another clue.
  private double nearness(List<Place> places) {
    places.sort(Comparator.comparingInt(Place::word));
    boolean[] together = new boolean[clues.size()];
    for (int i = 1; i < places.size(); i++) {
      Place left = places.get(i - 1);
      Place right = places.get(i);
      if (left.clue() != right.clue() && right.word() - left.word() <= NEAR) {
        together[left.clue()] = true;
        together[right.clue()] = true;
      }
    }
    double near = 0;
    for (int i = 0; i < together.length; i++) {
      near += together[i] ? clues.get(i).weight() : 0;
    }
    return whole == 0 ? 0 : near / whole;
  }
}
