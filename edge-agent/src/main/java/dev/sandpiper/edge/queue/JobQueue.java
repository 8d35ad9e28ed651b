package dev.sandpiper.edge.queue;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The durable queue. Methods that take a [Tx] belong to the caller's transaction, so that a job
/// and its effects become durable together or not at all.
public final class JobQueue {
  /// How long after its making a job that waits for others is not blamed for it.
  public static final Duration POSTPONED_AT_MOST = Duration.ofMinutes(30);

  /// Ended jobs are cleared away once per so many endings, so that it costs next to nothing each.
  private static final int CLEAR_EVERY = 256;

  /// Finished jobs leave the backlog's index so many at a time.
  private static final int SETTLE_EVERY = 32;

  /// How long a lane waits when nothing is due at all: something always wakes it.
  private static final Duration FOR_EVER = Duration.ofDays(365);

  /// How long it waits for what is due later: the clock may be put right meanwhile.
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  private final Database database;
  private final QueueOptions options;
  private final InstantSource clock;
  private final Backoff backoff;
  private final Claims claims;
  private final Map<Lane, Signal> signals = new EnumMap<>(Lane.class);
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<JobWatch> watches = new CopyOnWriteArrayList<>();
  private final JobWatch everyWatch = new Watches(watches);
  private final List<Long> finished = new ArrayList<>(); // writer thread only
  private int ended; // writer thread only

  /// Opens the queue under a new boot number, which frees the leases of every earlier process.
  public JobQueue(
      Database database, QueueOptions options, InstantSource clock, RandomGenerator random) {
    this.database = database;
    this.options = options;
    this.clock = clock;
    this.backoff =
        new Backoff(options.backoffBase(), options.backoffMax(), options.maxRetryAfter(), random);
    for (Lane lane : Lane.values()) {
      signals.put(lane, new Signal());
    }
    this.claims = new Claims(database.write(JobQueue::nextBoot), options.maxInterruptions());
  }

  /// Whether a document of `bytes` may come in now.
  public Admission admit(long bytes) {
    int open =
        database.read(tx ->
            tx.queryOne(
                    "SELECT count(*) FROM (SELECT 1 FROM jobs WHERE due IS NOT NULL LIMIT ?)",
                    row -> (int) row.number(1),
                    options.maxDepth())
                .orElse(0));
    if (open >= options.maxDepth()) {
      return new Admission.QueueFull(options.maxDepth());
    }
    long free = database.usableBytes();
    if (free - bytes < options.diskReserve()) {
      return new Admission.DiskFull(free, bytes, options.diskReserve());
    }
    return new Admission.Admitted();
  }

  /// Adds a job and answers its id. It is accepted when the transaction has been written.
  public long enqueue(Tx tx, NewJob job) {
    return enqueue(tx, job, clock.instant());
  }

  /// Adds a job that is not claimed before a time, which may lie years ahead.
  public long enqueue(Tx tx, NewJob job, Instant notBefore) {
    changed(tx, Lane.of(job.priority()));
    return insert(tx, job, notBefore, null, null);
  }

  /// Takes the next document that is due, if any.
  public Optional<Lease> claim() {
    return claim(Lane.DOCUMENTS);
  }

  /// Takes the next job of a lane that is due, if any. The attempt is counted before this returns.
  public Optional<Lease> claim(Lane lane) {
    return database.writeLazily(tx -> claims.next(tx, lane, clock.instant(), everyWatch));
  }

  /// Takes the next job of a lane, waiting until there is one. Nothing is polled.
  public Lease awaitClaim(Lane lane) throws InterruptedException {
    Signal signal = signal(lane);
    while (true) {
      long seen = signal.count();
      // Read before the claim: what falls due between the two was not claimed, and is due at once.
      Instant now = clock.instant();
      Optional<Lease> lease = claim(lane);
      if (lease.isPresent()) {
        return lease.get();
      }
      Optional<Instant> due = database.read(tx -> claims.nextDue(tx, lane, now));
      Duration wait = due.map(time -> Duration.between(now, time)).orElse(FOR_EVER);
      if (due.isPresent() && wait.compareTo(LONGEST_WAIT) > 0) {
        wait = LONGEST_WAIT;
      }
      signal.await(seen, wait);
    }
  }

  /// Whether a lease still is the newest of its job. A worker whose lease is not should be stopped.
  public boolean holds(Lease lease) {
    return database.read(tx -> current(tx, lease));
  }

  /// The same, within the caller's transaction.
  public boolean holds(Tx tx, Lease lease) {
    return current(tx, lease);
  }

  /// Ends a job. The last part to end makes its parent ready.
  ///
  /// @return false when the lease is stale: the result is counted as late, and the caller must not
  ///   apply its effects
  public boolean finish(Tx tx, Lease lease, String outcome) {
    Job job = lease.job();
    if (stale(tx, lease)) {
      return false;
    }
    Endings.done(tx, job, outcome, clock.instant());
    settle(tx, job.id());
    clearEnded(tx);
    if (job.parent() == null) {
      everyWatch.ended(tx, job, JobState.DONE, null);
    }
    changed(tx, job);
    return true;
  }

  /// Ends a part together with its parent and siblings, for an outcome that holds for the whole. A
  /// job without a parent just ends.
  ///
  /// @return false when the lease is stale, as for [#finish]
  public boolean finishWhole(Tx tx, Lease lease, String outcome) {
    Long parent = lease.job().parent();
    if (parent == null) {
      return finish(tx, lease, outcome);
    }
    if (stale(tx, lease)) {
      return false;
    }
    Instant now = clock.instant();
    Endings.end(tx, lease.job().id(), JobState.DONE, null, outcome, now);
    Endings.end(tx, parent, JobState.DONE, null, outcome, now);
    Endings.cancelParts(tx, parent, now);
    everyWatch.ended(tx, lease.job(), JobState.DONE, null);
    changed(tx, lease.job());
    return true;
  }

  /// Gives a job back after a failed attempt: it is tried again later, or parked at its limit.
  ///
  /// @param retryAfter how long the far side asked to be left alone
  public Disposition retry(
      Tx tx, Lease lease, FailureKind kind, String reason, @Nullable Duration retryAfter) {
    if (stale(tx, lease)) {
      return Disposition.STALE;
    }
    Job job = lease.job();
    int kills = job.kills() + (kind == FailureKind.WORKER_KILLED ? 1 : 0);
    tx.update("UPDATE jobs SET kills=? WHERE id=?", kills, job.id());
    if (kills >= options.maxKills()) {
      return parkNow(tx, job, "It killed its worker " + kills + " times: " + reason);
    }
    if (job.attempts() >= options.maxAttempts()) {
      return parkNow(tx, job, "It failed " + job.attempts() + " times: " + reason);
    }
    Instant now = clock.instant();
    tx.update(
        "UPDATE jobs SET state='READY', due=?, lease=NULL, reason=?, updated=? WHERE id=?",
        now.plus(backoff.after(job.attempts(), retryAfter)),
        reason,
        now,
        job.id());
    changed(tx, job);
    return Disposition.RETRYING;
  }

  /// Gives a job back for which nothing could be tried yet: the attempt does not count, until the
  /// job is so old that it does.
  ///
  /// @param retryAfter when something can be tried
  public Disposition postpone(Tx tx, Lease lease, String reason, @Nullable Duration retryAfter) {
    Instant now = clock.instant();
    if (!now.isBefore(lease.job().created().plus(POSTPONED_AT_MOST))) {
      return retry(tx, lease, FailureKind.TRANSIENT, reason, retryAfter);
    }
    if (!release(tx, lease)) {
      return Disposition.STALE;
    }
    tx.update(
        "UPDATE jobs SET due=?, reason=?, updated=? WHERE id=?",
        now.plus(backoff.after(lease.job().attempts(), retryAfter)),
        reason,
        now,
        lease.job().id());
    return Disposition.RETRYING;
  }

  /// Parks a job until an operator resumes it.
  public Disposition park(Tx tx, Lease lease, String reason) {
    return stale(tx, lease) ? Disposition.STALE : parkNow(tx, lease.job(), reason);
  }

  /// Gives a job back unharmed, because the agent stops: the attempt does not count.
  public boolean release(Tx tx, Lease lease) {
    if (stale(tx, lease)) {
      return false;
    }
    tx.update(
        "UPDATE jobs SET state='READY', lease=NULL, attempts=attempts-1 WHERE id=?",
        lease.job().id());
    changed(tx, lease.job());
    return true;
  }

  /// Replaces a job by parts, in order. It waits and becomes ready when all of them are done. A
  /// part has no parts of its own: a family is two generations, which cancelling and parking rely
  /// on.
  public boolean split(Tx tx, Lease lease, List<NewJob> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a job is split into at least one part");
    }
    if (lease.job().parent() != null) {
      throw new IllegalArgumentException(
          "job " + lease.job().id() + " is a part and cannot be split again");
    }
    if (stale(tx, lease)) {
      return false;
    }
    Instant now = clock.instant();
    Endings.end(tx, lease.job().id(), JobState.WAITING, null, null, now);
    for (int ordinal = 0; ordinal < parts.size(); ordinal++) {
      insert(tx, parts.get(ordinal), now, lease.job().id(), ordinal);
    }
    changed(tx, lease.job());
    return true;
  }

  /// The parts of a job, in order.
  public List<Job> parts(Tx tx, long parent) {
    return tx.query(
        "SELECT " + JobRows.COLUMNS + " FROM jobs WHERE parent=? ORDER BY ordinal",
        JobRows::job,
        parent);
  }

  /// Makes a parked job ready again, its counters at zero; for a part, the whole family.
  ///
  /// @return whether there was such a job, parked
  public boolean resume(Tx tx, long id) {
    Optional<Job> parked =
        JobRows.find(tx, whole(tx, id)).filter(job -> job.state() == JobState.PARKED);
    if (parked.isEmpty()) {
      return false;
    }
    long whole = parked.get().id();
    Instant now = clock.instant();
    String reset =
        "UPDATE jobs SET state='READY', due=?, lease=NULL, attempts=0, kills=0, interruptions=0,"
            + " updated=? WHERE ";
    boolean split = !parts(tx, whole).isEmpty();
    tx.update(reset + "parent=? AND state='PARKED'", now, now, whole);
    tx.update(reset + "id=?", now, now, whole);
    if (split) {
      tx.update("UPDATE jobs SET state='WAITING', due=NULL WHERE id=?", whole);
      Endings.wakeParent(tx, whole, now);
    }
    everyWatch.resumed(tx, parked.get());
    changed(tx, parked.get());
    return true;
  }

  /// Ends a job without an outcome; for a part, the whole family. A running lease becomes stale.
  ///
  /// @return whether there was such a job that had not ended
  public boolean cancel(Tx tx, long id) {
    Optional<Job> open = JobRows.find(tx, whole(tx, id)).filter(job -> !job.state().isFinal());
    if (open.isEmpty()) {
      return false;
    }
    Job job = open.get();
    Instant now = clock.instant();
    Endings.end(tx, job.id(), JobState.CANCELLED, null, null, now);
    Endings.cancelParts(tx, job.id(), now);
    everyWatch.ended(tx, job, JobState.CANCELLED, null);
    changed(tx, job);
    return true;
  }

  /// The jobs of a document that have not ended, without their parts.
  public List<Job> unfinished(Tx tx, String subject) {
    return tx.query(
        "SELECT "
            + JobRows.COLUMNS
            + " FROM jobs WHERE subject=? AND parent IS NULL"
            + " AND state NOT IN ('DONE', 'CANCELLED')",
        JobRows::job,
        subject);
  }

  /// What the ended jobs of a document, and their parts, came to.
  public List<String> outcomes(Tx tx, String subject) {
    return tx.query(
        "SELECT outcome FROM jobs WHERE subject=? AND outcome IS NOT NULL",
        row -> row.text(1),
        subject);
  }

  /// Cancels every job of a document and removes what they know of it, because it is deleted.
  public int forget(Tx tx, String subject) {
    List<Job> open = unfinished(tx, subject);
    int jobs =
        tx.update(
            "UPDATE jobs SET state=CASE state WHEN 'DONE' THEN 'DONE' ELSE 'CANCELLED' END,"
                + " due=NULL, lease=NULL, subject='', payload='{}', reason=NULL, outcome=NULL,"
                + " updated=? WHERE subject=?",
            clock.instant(),
            subject);
    open.forEach(job -> everyWatch.ended(tx, job, JobState.CANCELLED, null));
    for (Lane lane : Lane.values()) {
      changed(tx, lane);
    }
    return jobs;
  }

  /// Tells `watch` of every job from now on, whatever its kind.
  public void watch(JobWatch watch) {
    watches.add(watch);
  }

  /// Calls `listener` after each committed change, on the thread that made it. It must be quick.
  public void addListener(Runnable listener) {
    listeners.add(listener);
  }

  /// Questions about jobs.
  public JobView view() {
    return new JobView(database);
  }

  private Disposition parkNow(Tx tx, Job job, String reason) {
    Endings.park(tx, job, reason, clock.instant());
    everyWatch.ended(tx, job, JobState.PARKED, reason);
    changed(tx, job);
    return Disposition.PARKED;
  }

  private long insert(
      Tx tx, NewJob job, Instant due, @Nullable Long parent, @Nullable Integer ordinal) {
    Instant now = clock.instant();
    return tx.insert(
        "INSERT INTO jobs (state, priority, due, kind, subject, payload, batch, parent, ordinal,"
            + " created, updated) VALUES ('READY', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        job.priority().rank(),
        due,
        job.kind(),
        job.subject(),
        job.payload(),
        job.batch(),
        parent,
        ordinal,
        now,
        now);
  }

  private static boolean current(Tx tx, Lease lease) {
    return tx.queryOne(
            "SELECT 1 FROM jobs WHERE id=? AND lease=?",
            row -> row.number(1),
            lease.job().id(),
            lease.token())
        .isPresent();
  }

  /// A result under an old lease is recorded, and that is all that happens to it.
  private static boolean stale(Tx tx, Lease lease) {
    if (current(tx, lease)) {
      return false;
    }
    tx.update("UPDATE jobs SET late_results=late_results+1 WHERE id=?", lease.job().id());
    return true;
  }

  private static long whole(Tx tx, long id) {
    return tx.queryOne("SELECT coalesce(parent, id) FROM jobs WHERE id=?", row -> row.number(1), id)
        .orElse(id);
  }

  private void settle(Tx tx, long id) {
    finished.add(id);
    if (finished.size() >= SETTLE_EVERY) {
      Endings.settle(tx, finished);
      finished.clear();
    }
  }

  /// Keeps the newest jobs, ended or not, and all that have not ended. The newest id is never
  /// removed, so no id is given out twice.
  private void clearEnded(Tx tx) {
    ended++;
    if (ended % CLEAR_EVERY != 0) {
      return;
    }
    tx.update(
        "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs job WHERE id <= (SELECT max(id) FROM"
            + " jobs) - ? AND state IN ('DONE', 'CANCELLED') AND NOT EXISTS (SELECT 1 FROM jobs"
            + " parent WHERE parent.id = job.parent AND parent.state NOT IN ('DONE',"
            + " 'CANCELLED')) ORDER BY id LIMIT ?)",
        options.keepEnded(),
        2 * CLEAR_EVERY);
  }

  private void changed(Tx tx, Job job) {
    changed(tx, Lane.of(job.priority()));
  }

  private void changed(Tx tx, Lane lane) {
    tx.afterCommit(() -> {
      signal(lane).raise();
      listeners.forEach(Runnable::run);
    });
  }

  private Signal signal(Lane lane) {
    return Objects.requireNonNull(signals.get(lane), "every lane has a signal");
  }

  private static long nextBoot(Tx tx) {
    Endings.settleLeftovers(tx);
    long boot = tx.insert("INSERT INTO boots SELECT coalesce(max(number), 0) + 1 FROM boots");
    tx.update("DELETE FROM boots WHERE number < ?", boot);
    return boot;
  }
}
