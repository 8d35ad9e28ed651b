package dev.sandpiper.edge.ledger;

import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What each workflow bought by the hour, for a week.
final class Hours {

  private static final long WEEK = 7 * 24;
  private static final long SECONDS = 3_600;

  /// @param purchases how many
  /// @param micros what was spent, in millionths of a dollar
  record Sum(long purchases, long micros) {}

  void add(Tx tx, String workflow, Sum more, Instant now) {
    long hour = hour(now);
    tx.update(
        "INSERT INTO spending_hours (workflow, hour, purchases, micros) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (workflow, hour) DO UPDATE SET"
            + " purchases = purchases + excluded.purchases, micros = micros + excluded.micros",
        workflow,
        hour,
        more.purchases(),
        more.micros());
    tx.update("DELETE FROM spending_hours WHERE hour < ?", hour - WEEK - 1);
  }

  /// The last sixty minutes: this hour of the clock, and as much of the one before as is still
  /// within them, as if that had been spread evenly.
  Sum last(Tx tx, String workflow, Instant now) {
    long hour = hour(now);
    long left = SECONDS - now.truncatedTo(ChronoUnit.SECONDS).getEpochSecond() % SECONDS;
    Sum current = of(tx, workflow, hour);
    Sum before = of(tx, workflow, hour - 1);
    return new Sum(
        current.purchases() + before.purchases() * left / SECONDS,
        current.micros() + before.micros() * left / SECONDS);
  }

  private static Sum of(Tx tx, String workflow, long hour) {
    return tx.queryOne(
            "SELECT purchases, micros FROM spending_hours WHERE workflow=? AND hour=?",
            row -> new Sum(row.number(1), row.number(2)),
            workflow,
            hour)
        .orElse(new Sum(0, 0));
  }

  /// The mean of the hours of the week before in which anything was bought.
  Sum usual(Tx tx, String workflow, Instant now) {
    long hour = hour(now);
    return tx.queryOne(
            "SELECT sum(purchases) / count(*), sum(micros) / count(*) FROM spending_hours"
                + " WHERE workflow=? AND hour >= ? AND hour < ? HAVING count(*) > 0",
            row -> new Sum(row.number(1), row.number(2)),
            workflow,
            hour - WEEK,
            hour - 1)
        .orElse(new Sum(0, 0));
  }

  void forget(Tx tx, String workflow, Instant now) {
    tx.update("DELETE FROM spending_hours WHERE workflow=? AND hour >= ?", workflow, hour(now) - 1);
  }

  private static long hour(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), SECONDS);
  }
}
