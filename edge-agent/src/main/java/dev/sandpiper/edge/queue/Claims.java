package dev.sandpiper.edge.queue;

import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Picks the next job. Only the writer thread calls it, one call at a time.
final class Claims {
  /// Every eighth claim looks at the worst priority first.
  private static final int AGEING = 8;

  private final long boot;
  private final int maxInterruptions;
  private final Map<Lane, Long> taken = new EnumMap<>(Lane.class);
  private long claims;

  /// @param boot number of this start of the agent
  Claims(long boot, int maxInterruptions) {
    this.boot = boot;
    this.maxInterruptions = maxInterruptions;
  }

  Optional<Lease> next(Tx tx, Lane lane, Instant now, JobWatch watch) {
    Optional<Candidate> candidate = find(tx, lane, now);
    while (candidate.isPresent()) {
      Job job = candidate.get().job();
      if (!candidate.get().interrupted() || job.interruptions() < maxInterruptions) {
        taken.merge(lane, 1L, Long::sum);
        return Optional.of(lease(tx, candidate.get(), now));
      }
      String reason =
          "The agent ended "
              + (job.interruptions() + 1)
              + " times while it worked on this. Look for the cause in its log, then retry.";
      Endings.park(tx, job, reason, now);
      watch.abandoned(tx, job, reason);
      watch.ended(tx, job, JobState.PARKED, reason);
      candidate = find(tx, lane, now);
    }
    return Optional.empty();
  }

  /// When the next job of a lane falls due, if any is waiting for its time.
  Optional<Instant> nextDue(Tx tx, Lane lane, Instant now) {
    Instant[] next = {Instant.MAX};
    for (Priority priority : lane.priorities()) {
      tx.queryOne(
              "SELECT due FROM jobs INDEXED BY jobs_open WHERE priority=? AND due>? AND state='READY'"
                  + " ORDER BY due LIMIT 1",
              row -> row.instant(1),
              priority.rank(),
              now)
          .filter(due -> due.isBefore(next[0]))
          .ifPresent(due -> next[0] = due);
    }
    return next[0].equals(Instant.MAX) ? Optional.empty() : Optional.of(next[0]);
  }

  private Optional<Candidate> find(Tx tx, Lane lane, Instant now) {
    boolean fromTheEnd = taken.getOrDefault(lane, 0L) % AGEING == AGEING - 1;
    List<Priority> order = fromTheEnd ? lane.priorities().reversed() : lane.priorities();
    for (Priority priority : order) {
      Optional<Candidate> candidate = find(tx, priority.rank(), now);
      if (candidate.isPresent()) {
        return candidate;
      }
    }
    return Optional.empty();
  }

  /// A lease of an earlier boot counts for nothing. Those of this boot lie at the front of the
  /// index and are few, so they are skipped quickly.
  private Optional<Candidate> find(Tx tx, int priority, Instant now) {
    return tx.queryOne(
        "SELECT "
            + JobRows.COLUMNS
            + ", lease IS NOT NULL FROM jobs INDEXED BY jobs_open WHERE priority=? AND due<=?"
            + " AND state IN ('READY', 'RUNNING') AND (lease IS NULL OR lease>>32<>?) ORDER BY due, id LIMIT 1",
        row -> new Candidate(JobRows.job(row), row.number(19) != 0),
        priority,
        now,
        boot);
  }

  private Lease lease(Tx tx, Candidate candidate, Instant now) {
    claims++;
    long token = boot << 32 | claims;
    int interrupted = candidate.interrupted() ? 1 : 0;
    Job job =
        tx.queryOne(
                "UPDATE jobs SET state='RUNNING', lease=?, attempts=attempts+1-?,"
                    + " interruptions=interruptions+?, updated=? WHERE id=? RETURNING "
                    + JobRows.COLUMNS,
                JobRows::job,
                token,
                interrupted,
                interrupted,
                now,
                candidate.job().id())
            .orElseThrow();
    return new Lease(job, token);
  }

  private record Candidate(Job job, boolean interrupted) {}
}
