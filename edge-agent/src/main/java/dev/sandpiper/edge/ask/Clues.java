package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.library.Clue;
import dev.sandpiper.edge.library.SearchQuery.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Makes clues out of words that are known already.
final class Clues {

  private Clues() {}

  /// A word whose ending is open.
  static Clue open(String word, double weight) {
    return new Clue(
        List.of(new Term(List.of(word), false, false), new Term(List.of(word), true, false)),
        weight);
  }

  /// The words of an earlier question, which count less than those of this one.
  static List<Clue> earlier(Set<String> words, Set<String> unless) {
    List<Clue> clues = new ArrayList<>();
    for (String word : words) {
      if (!unless.contains(word)) {
        boolean number = Character.isDigit(word.charAt(0));
        Term term = new Term(List.of(word), !number && word.length() >= 4, false);
        clues.add(new Clue(List.of(term), 0.4));
      }
    }
    return clues;
  }
}
