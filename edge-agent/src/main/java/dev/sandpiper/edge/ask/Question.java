package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.library.Clue;
import dev.sandpiper.edge.library.DocumentFilter.Facets;
import java.util.List;
import java.util.Set;

/// A question as the librarian understands it.
///
/// @param text as it was asked
/// @param clues what to look for
/// @param words the words of the clues, for comparing with other questions
/// @param facets filters that were written out, such as `type:pdf`
/// @param hints dates the question speaks of: documents of that time are preferred
/// @param names file names it mentions
/// @param wishes what else it wants
/// @param expects what kind of thing would answer it
/// @param language the language it is in
record Question(
    String text,
    List<Clue> clues,
    Set<String> words,
    Facets facets,
    Facets hints,
    List<String> names,
    Set<Wish> wishes,
    Set<Kind> expects,
    Lexicon language) {

  Question {
    clues = List.copyOf(clues);
    words = Set.copyOf(words);
    names = List.copyOf(names);
    wishes = Set.copyOf(wishes);
    expects = Set.copyOf(expects);
  }

  /// What a question wants beside passages.
  enum Wish {
    /// It leans on the question before.
    FOLLOW_UP,
    /// It is no question to the library at all.
    SMALL_TALK,
    /// To be reminded, or to have something done at a time.
    ACT,
    /// To know what the agent does or has.
    STATE,
    /// A summary.
    SUMMARY
  }

  boolean wants(Wish wish) {
    return wishes.contains(wish);
  }
}
