package dev.sandpiper.edge.schedule;

import dev.sandpiper.edge.rhythm.Slot;
import dev.sandpiper.edge.schedule.Firing.Outcome;
import dev.sandpiper.edge.store.Row;
import dev.sandpiper.edge.store.Tx;
import java.util.List;
import java.util.Optional;

/// How firings lie in their table. A planned time stands there once, by its instant and by its
/// mark.
final class Firings {
  /// Kept of each schedule.
  private static final int KEPT = 200;

  /// Kept of all, deleted schedules among them.
  private static final int KEPT_OF_ALL = 20_000;

  /// Old ones are cleared away once per so many.
  private static final int CLEAR_EVERY = 64;

  private static final String SELECT =
      "SELECT schedule, planned, mark, until, times, outcome, reason, decided FROM firings ";

  private Firings() {}

  /// Whether it had its turn. What was given up as missed may still have it, when the clock was
  /// ahead.
  static boolean isKnown(Tx tx, String schedule, Slot slot) {
    return find(tx, schedule, slot).filter(outcome -> outcome != Outcome.MISSED).isPresent();
  }

  /// What was decided of it, if anything.
  static Optional<Outcome> find(Tx tx, String schedule, Slot slot) {
    return tx.queryOne(
        "SELECT outcome FROM firings WHERE schedule=? AND planned=? UNION ALL SELECT outcome FROM"
            + " firings WHERE schedule=? AND mark=? LIMIT 1",
        row -> Outcome.valueOf(row.text(1)),
        schedule,
        slot.at(),
        schedule,
        slot.mark());
  }

  static void add(Tx tx, Firing firing) {
    long id =
        tx.insert(
            "INSERT INTO firings (schedule, planned, mark, until, times, outcome, reason, decided)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            firing.schedule(),
            firing.slot().at(),
            firing.slot().mark(),
            firing.until(),
            firing.times(),
            firing.outcome(),
            firing.reason(),
            firing.decided());
    if (id % CLEAR_EVERY == 0) {
      clear(tx, firing.schedule(), id);
    }
  }

  private static void clear(Tx tx, String schedule, long newest) {
    tx.update(
        "DELETE FROM firings WHERE schedule=? AND id <= (SELECT id FROM firings WHERE schedule=?"
            + " ORDER BY id DESC LIMIT 1 OFFSET ?)",
        schedule,
        schedule,
        KEPT);
    tx.update("DELETE FROM firings WHERE id <= ?", newest - KEPT_OF_ALL);
  }

  /// Times that were given up because the clock had gone ahead, and are yet to come.
  static void forgetMissed(Tx tx, String schedule, Slot from) {
    tx.update(
        "DELETE FROM firings WHERE schedule=? AND outcome='MISSED' AND planned>=?",
        schedule,
        from.at());
  }

  /// The newest of a schedule first.
  static List<Firing> list(Tx tx, String schedule, int limit) {
    return tx.query(
        SELECT + "WHERE schedule=? ORDER BY id DESC LIMIT ?", Firings::row, schedule, limit);
  }

  /// The last run that was begun.
  static Optional<Firing> lastBegun(Tx tx, String schedule) {
    return tx.queryOne(
        SELECT
            + "WHERE schedule=? AND outcome IN ('FIRED', 'CAUGHT_UP', 'BY_HAND') ORDER BY id DESC"
            + " LIMIT 1",
        Firings::row,
        schedule);
  }

  static void refuse(Tx tx, String schedule, long planned, String reason) {
    tx.update(
        "UPDATE firings SET outcome='REFUSED', reason=? WHERE schedule=? AND planned=?",
        reason,
        schedule,
        planned);
  }

  static void note(Tx tx, String schedule, long planned, String reason) {
    tx.update(
        "UPDATE firings SET reason=? WHERE schedule=? AND planned=?", reason, schedule, planned);
  }

  private static Firing row(Row row) {
    return new Firing(
        row.text(1),
        new Slot(row.instant(2), row.text(3)),
        row.instant(4),
        row.number(5),
        Outcome.valueOf(row.text(6)),
        row.nullableText(7),
        row.instant(8));
  }
}
