package dev.sandpiper.edge.ask;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/// What a person said in this turn. An action takes its arguments from here and from nowhere else:
/// not from a document, not from what a model makes of one.
final class OwnWords {
  private final List<String> words;
  private final Set<String> telling;
  private final boolean wishesToAct;
  private final List<Lexicon> lexicons;

  OwnWords(String said, List<Lexicon> lexicons) {
    this.words = Tokens.of(said);
    this.telling = Tokens.telling(said, lexicons);
    this.lexicons = lexicons;
    this.wishesToAct =
        lexicons.stream()
            .anyMatch(lexicon -> words.stream().anyMatch(lexicon.set("act")::contains));
  }

  /// Whether the person asked for anything to be done at a time.
  boolean wishToAct() {
    return wishesToAct;
  }

  /// Whether the person said just this, word by word.
  boolean said(String quote) {
    List<String> quoted = Tokens.of(quote);
    return !quoted.isEmpty() && Collections.indexOfSubList(words, quoted) >= 0;
  }

  /// Whether every word of it that says something is the person's.
  boolean meant(String text) {
    Set<String> wanted = Tokens.telling(text, lexicons);
    return !wanted.isEmpty() && telling.containsAll(wanted);
  }
}
