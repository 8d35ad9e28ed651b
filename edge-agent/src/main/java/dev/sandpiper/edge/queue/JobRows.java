package dev.sandpiper.edge.queue;

import dev.sandpiper.edge.store.Row;
import dev.sandpiper.edge.store.Tx;
import java.util.Optional;

/// How a job lies in its table.
final class JobRows {

  /// The columns [#job] reads.
  static final String COLUMNS =
      "id, kind, state, priority, subject, payload, batch, attempts, kills, interruptions,"
          + " late_results, due, parent, ordinal, reason, outcome, created, updated";

  private JobRows() {}

  static Optional<Job> find(Tx tx, long id) {
    return tx.queryOne("SELECT " + COLUMNS + " FROM jobs WHERE id=?", JobRows::job, id);
  }

  private static boolean ended(Row row) {
    return row.text(3).equals("DONE"); // its due time is removed later, see Endings
  }

  static Job job(Row row) {
    Long ordinal = row.nullableNumber(14);
    return new Job(
        row.number(1),
        row.text(2),
        JobState.valueOf(row.text(3)),
        Priority.of((int) row.number(4)),
        row.text(5),
        row.text(6),
        row.nullableNumber(7),
        (int) row.number(8),
        (int) row.number(9),
        (int) row.number(10),
        (int) row.number(11),
        ended(row) ? null : row.nullableInstant(12),
        row.nullableNumber(13),
        ordinal == null ? null : ordinal.intValue(),
        row.nullableText(15),
        row.nullableText(16),
        row.instant(17),
        row.instant(18));
  }
}
