package dev.sandpiper.edge.library;

import dev.sandpiper.edge.store.Tx;
import java.util.List;

/// Takes a compound apart with the words of the library as its dictionary.
final class Compounds {
  private static final int SHORTEST_PART = 4;
  private static final int LONGEST = 40;
  private static final List<String> LINKS = List.of("", "s", "es", "n", "en", "er");

  private Compounds() {}

  static List<String> parts(Tx tx, String word) {
    if (word.length() > LONGEST || !isLetters(word) || has(tx, word)) {
      return List.of();
    }
    for (int cut = word.length() - SHORTEST_PART; cut >= SHORTEST_PART; cut--) {
      String right = word.substring(cut);
      if (has(tx, right)) {
        for (String link : LINKS) {
          String left = word.substring(0, cut);
          String bare = left.endsWith(link) ? left.substring(0, left.length() - link.length()) : "";
          if (bare.length() >= SHORTEST_PART && has(tx, bare)) {
            return List.of(bare, right);
          }
        }
      }
    }
    return List.of();
  }

  private static boolean isLetters(String word) {
    return word.chars().allMatch(Character::isLetter);
  }

  private static boolean has(Tx tx, String word) {
    return tx.queryOne(
            "SELECT 1 FROM chunk_words WHERE chunk_words MATCH ? LIMIT 1",
            row -> row.number(1),
            "\"" + word + "\" *")
        .isPresent();
  }
}
