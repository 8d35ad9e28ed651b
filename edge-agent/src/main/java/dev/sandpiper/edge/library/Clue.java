package dev.sandpiper.edge.library;

import dev.sandpiper.edge.library.SearchQuery.Term;
import java.util.List;

/// One thing a passage may say: a word in its forms, a number in its spellings.
///
/// @param anyOf ways it can be written, the likeliest first
/// @param weight how much it matters, 1 for a word of the question
public record Clue(List<Term> anyOf, double weight) {
  /// Most ways to write one thing.
  public static final int MAX_FORMS = 6;

  public Clue {
    anyOf = List.copyOf(anyOf);
    if (anyOf.isEmpty() || anyOf.size() > MAX_FORMS) {
      throw new IllegalArgumentException("a clue has 1 to " + MAX_FORMS + " forms");
    }
  }
}
