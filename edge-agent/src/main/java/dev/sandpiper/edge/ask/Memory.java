package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What was asked in a chat lately, and which documents answered. Kept so that a question may lean
/// on the one before, and so that an answer which has been deleted is known to be gone.
final class Memory {
  private static final int KEPT = 30;

  private final Database database;

  Memory(Database database) {
    this.database = database;
  }

  /// An earlier question.
  ///
  /// @param words its telling words
  /// @param documents SHA-256 of what was cited
  record Earlier(Instant asked, Set<String> words, Set<String> documents) {
    boolean isRecent(Instant now, Duration age) {
      return asked.plus(age).isAfter(now);
    }

    /// How many of the words of the shorter question both have, 0 to 1.
    double likeness(Set<String> others) {
      long both = others.stream().filter(words::contains).count();
      int fewer = Math.min(words.size(), others.size());
      return fewer == 0 ? 0 : (double) both / fewer;
    }
  }

  /// The newest first.
  List<Earlier> of(Address address, long person) {
    return database.read(tx ->
        tx.query(
            "SELECT asked, clues, documents FROM ask_turns WHERE address=? AND person=?"
                + " ORDER BY id DESC LIMIT ?",
            row -> new Earlier(row.instant(1), split(row.text(2)), split(row.text(3))),
            address.text(),
            person,
            KEPT));
  }

  /// Remembers a question, and forgets the oldest.
  static void keep(Tx tx, Address address, long person, Earlier turn) {
    tx.insert(
        "INSERT INTO ask_turns (address, person, asked, clues, documents) VALUES (?, ?, ?, ?, ?)",
        address.text(),
        person,
        turn.asked(),
        String.join(" ", turn.words()),
        String.join(" ", turn.documents()));
    tx.update(
        "DELETE FROM ask_turns WHERE address=?1 AND person=?2 AND id <= (SELECT id FROM ask_turns"
            + " WHERE address=?1 AND person=?2 ORDER BY id DESC LIMIT 1 OFFSET ?3)",
        address.text(),
        person,
        KEPT);
  }

  static void moved(Tx tx, Address from, Address to) {
    tx.update("UPDATE ask_turns SET address=? WHERE address=?", to.text(), from.text());
  }

  static void forget(Tx tx, Address address) {
    tx.update("DELETE FROM ask_turns WHERE address=?", address.text());
  }

  private static Set<String> split(String words) {
    return new LinkedHashSet<>(
        Arrays.stream(words.split(" ", -1)).filter(word -> !word.isEmpty()).toList());
  }

  /// The documents of earlier answers that are not there any more.
  Set<String> gone(List<Earlier> turns) {
    Set<String> gone = new LinkedHashSet<>();
    List<String> cited =
        turns.stream().flatMap(turn -> turn.documents().stream()).distinct().toList();
    database.read(tx ->
        cited.stream()
            .filter(sha256 ->
                tx.queryOne("SELECT 1 FROM documents WHERE sha256=?", row -> row.number(1), sha256)
                    .isEmpty())
            .peek(gone::add)
            .count());
    return gone;
  }
}
