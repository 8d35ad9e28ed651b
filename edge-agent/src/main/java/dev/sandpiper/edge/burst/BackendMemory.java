package dev.sandpiper.edge.burst;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What is remembered of a far backend from one life of the agent to the next. Safe for use by
/// several threads.
public final class BackendMemory {

  private static final int TAG_LENGTH = 6;

  private final Database database;
  private final String name;
  private State state;

  /// What is remembered.
  ///
  /// @param tag begins every request's id: no other home ever has the same
  /// @param owner whether what lies there under this device's name is this home's
  /// @param dirty whether something of this home may be there that nobody waits for
  /// @param drained whether it gets no work until told
  /// @param trips how often in a row it was left alone
  /// @param retryAt when it is tried again; `null` while it is used
  /// @param reason why it was left alone; `null` while it is used
  public record State(
      String tag,
      boolean owner,
      boolean dirty,
      boolean drained,
      int trips,
      @Nullable Instant retryAt,
      @Nullable String reason) {}

  /// Reads what there is, or begins.
  public BackendMemory(Database database, String name, RandomGenerator random) {
    this.database = database;
    this.name = name;
    this.state =
        database.write(tx -> {
          tx.update(
              "INSERT OR IGNORE INTO burst_backends (name, tag) VALUES (?, ?)", name, tag(random));
          return row(tx, name).orElseThrow();
        });
  }

  /// What an agent remembers, seen from beside it; empty when there is nothing yet.
  public static Optional<State> find(Database database, String name) {
    return database.read(tx ->
        tx.queryOne(
                "SELECT 1 FROM sqlite_master WHERE name = 'burst_backends'", row -> row.number(1))
            .flatMap(_ -> row(tx, name)));
  }

  private static Optional<State> row(Tx tx, String name) {
    return tx.queryOne(
        "SELECT tag, owner, dirty, drained, trips, retry_at, reason FROM burst_backends"
            + " WHERE name = ?",
        row ->
            new State(
                row.text(1),
                row.number(2) != 0,
                row.number(3) != 0,
                row.number(4) != 0,
                (int) row.number(5),
                row.nullableInstant(6),
                row.nullableText(7)),
        name);
  }

  /// Letters and digits; a letter first, so that it can begin a name anywhere.
  private static String tag(RandomGenerator random) {
    StringBuilder tag = new StringBuilder().append((char) ('a' + random.nextInt(26)));
    while (tag.length() < TAG_LENGTH) {
      tag.append(Character.forDigit(random.nextInt(Character.MAX_RADIX), Character.MAX_RADIX));
    }
    return tag.toString();
  }

  /// What is remembered.
  public synchronized State state() {
    return state;
  }

  /// Remembers whose the device's name is.
  public synchronized void owner() {
    database.write(tx -> tx.update("UPDATE burst_backends SET owner = 1 WHERE name = ?", name));
    state =
        new State(
            state.tag, true, state.dirty, state.drained, state.trips, state.retryAt, state.reason);
  }

  /// Remembers whether there may be something to clean up. It is on the disk when this returns.
  public synchronized void dirty(boolean dirty) {
    if (dirty == state.dirty) {
      return;
    }
    database.write(
        tx -> tx.update("UPDATE burst_backends SET dirty = ? WHERE name = ?", dirty, name));
    state =
        new State(
            state.tag, state.owner, dirty, state.drained, state.trips, state.retryAt, state.reason);
  }

  /// Remembers whether it is drained. It is on the disk when this returns.
  public synchronized void drained(boolean drained) {
    database.write(
        tx -> tx.update("UPDATE burst_backends SET drained = ? WHERE name = ?", drained, name));
    state =
        new State(
            state.tag, state.owner, state.dirty, drained, state.trips, state.retryAt, state.reason);
  }

  /// Remembers that it is left alone until `retryAt`, or used again.
  public synchronized void circuit(int trips, @Nullable Instant retryAt, @Nullable String reason) {
    // A power cut may undo it: then it is tried once more than it need be.
    database.writeLazily(tx ->
        tx.update(
            "UPDATE burst_backends SET trips = ?, retry_at = ?, reason = ? WHERE name = ?",
            trips,
            retryAt,
            reason,
            name));
    state = new State(state.tag, state.owner, state.dirty, state.drained, trips, retryAt, reason);
  }
}
