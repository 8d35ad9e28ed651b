package dev.sandpiper.edge.queue;

import dev.sandpiper.edge.store.Database;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Questions about jobs; also on a database that is open read-only.
public final class JobView {
  private final Database database;

  /// Looks into `database`.
  public JobView(Database database) {
    this.database = database;
  }

  /// One job.
  public Optional<Job> find(long id) {
    return database.read(
        tx -> tx.queryOne("SELECT " + JobRows.COLUMNS + " FROM jobs WHERE id=?", JobRows::job, id));
  }

  /// The parts of a job, in order.
  public List<Job> parts(long parent) {
    return database.read(tx ->
        tx.query(
            "SELECT " + JobRows.COLUMNS + " FROM jobs WHERE parent=? ORDER BY ordinal",
            JobRows::job,
            parent));
  }

  /// Jobs, newest first.
  public List<Job> list(JobFilter filter) {
    return database.read(tx ->
        tx.query(
            "SELECT "
                + JobRows.COLUMNS
                + " FROM jobs WHERE id<?1 AND parent IS NULL AND (?2 IS NULL OR state=?2)"
                + " AND (?3 IS NULL OR batch=?3) ORDER BY id DESC LIMIT ?4",
            JobRows::job,
            filter.before(),
            filter.state(),
            filter.batch(),
            filter.limit()));
  }

  /// How many jobs stand how, parts included; every state is there.
  public Map<JobState, Long> counts() {
    Map<JobState, Long> counts = new EnumMap<>(JobState.class);
    for (JobState state : JobState.values()) {
      counts.put(state, 0L);
    }
    database.read(tx ->
        tx.query(
            "SELECT state, count(*) FROM jobs GROUP BY state",
            row -> counts.put(JobState.valueOf(row.text(1)), row.number(2))));
    return counts;
  }

  /// How many of those that are ready wait for nothing but their time.
  public long planned(Instant now) {
    return database.read(tx ->
        tx.queryOne(
                "SELECT count(*) FROM jobs WHERE state='READY' AND attempts=0 AND due>?",
                row -> row.number(1),
                now)
            .orElse(0L));
  }

  /// Whether a job that has not ended, or a part of one, names a blob: a sweep must spare it.
  public boolean mentions(String sha256) {
    return database.read(tx ->
        tx.queryOne(
                "SELECT 1 FROM jobs job WHERE (subject=?1 OR instr(payload, ?1)"
                    + " OR instr(outcome, ?1)) AND (state NOT IN ('DONE', 'CANCELLED')"
                    + " OR EXISTS (SELECT 1 FROM jobs whole WHERE whole.id=job.parent"
                    + " AND whole.state NOT IN ('DONE', 'CANCELLED'))) LIMIT 1",
                row -> row.number(1),
                sha256)
            .isPresent());
  }
}
