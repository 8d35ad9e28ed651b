package dev.sandpiper.edge.queue;

import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ways a job leaves the backlog, and what that does to the job it is a part of.
final class Endings {

  private Endings() {}

  /// Ends a job, and wakes its parent when that waited for this part only.
  static void done(Tx tx, Job job, String outcome, Instant now) {
    // The due time, and with it the place in jobs_open, goes later, with those of others: one page
    // less to write per job. Claims look at the state.
    tx.update(
        "UPDATE jobs SET state='DONE', lease=NULL, reason=NULL, outcome=?, updated=? WHERE id=?",
        outcome,
        now,
        job.id());
    if (job.parent() != null) {
      wakeParent(tx, job.parent(), now);
    }
  }

  /// Takes finished jobs out of the backlog's index.
  static void settle(Tx tx, List<Long> jobs) {
    for (long id : jobs) {
      tx.update("UPDATE jobs SET due=NULL WHERE id=? AND state='DONE'", id);
    }
  }

  /// The same for what an earlier process left over. It lies in front, where claims look.
  static void settleLeftovers(Tx tx) {
    for (Priority priority : Priority.values()) {
      settle(
          tx,
          tx.query(
              "SELECT id FROM (SELECT id, state FROM jobs INDEXED BY jobs_open WHERE priority=?"
                  + " AND due IS NOT NULL ORDER BY due LIMIT 256) WHERE state='DONE'",
              row -> row.number(1),
              priority.rank()));
    }
  }

  /// Parks a job; the parent of a part waits with it.
  static void park(Tx tx, Job job, String reason, Instant now) {
    end(tx, job.id(), JobState.PARKED, reason, null, now);
    if (job.parent() != null) {
      int part = job.ordinal() == null ? 0 : job.ordinal();
      end(tx, job.parent(), JobState.PARKED, "Part " + (part + 1) + ": " + reason, null, now);
    }
  }

  /// Ends whatever of a family has not ended.
  static void cancelParts(Tx tx, long parent, Instant now) {
    tx.update(
        "UPDATE jobs SET state='CANCELLED', due=NULL, lease=NULL, updated=? WHERE parent=?"
            + " AND state NOT IN ('DONE', 'CANCELLED')",
        now,
        parent);
  }

  static void end(
      Tx tx,
      long id,
      JobState state,
      @Nullable String reason,
      @Nullable String outcome,
      Instant now) {
    tx.update(
        "UPDATE jobs SET state=?, due=NULL, lease=NULL, reason=?, outcome=?, updated=?"
            + " WHERE id=?",
        state,
        reason,
        outcome,
        now,
        id);
  }

  /// Makes a waiting job ready when all its parts are done.
  static void wakeParent(Tx tx, long parent, Instant now) {
    tx.update(
        "UPDATE jobs SET state='READY', due=?, updated=? WHERE id=? AND state='WAITING'"
            + " AND NOT EXISTS (SELECT 1 FROM jobs part WHERE part.parent=? AND part.state<>'DONE')",
        now,
        now,
        parent,
        parent);
  }
}
