package dev.sandpiper.edge.schedule;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.NewJob;
import dev.sandpiper.edge.queue.Priority;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Row;
import dev.sandpiper.edge.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// What is planned, durably. Methods that take a [Tx] belong to the caller's transaction.
public final class Schedules {

  /// The kind of the jobs it makes; the subject is the schedule's number, the payload the planned
  /// time in milliseconds since 1970.
  public static final String REMIND = "remind";

  /// Most schedules of one person.
  public static final int MOST = 100;

  /// Longest text, in characters.
  public static final int LONGEST = 1_000;

  /// Nothing comes more often.
  public static final Duration SHORTEST = Duration.ofMinutes(5);

  /// Nothing is planned further ahead.
  public static final Duration FARTHEST = Duration.ofDays(3_660);

  private static final String COLUMNS =
      "SELECT id, person, address, rhythm, zone, asks, text, next, job FROM schedules ";

  private final Database database;
  private final JobQueue queue;
  private final InstantSource clock;

  public Schedules(Database database, JobQueue queue, InstantSource clock) {
    this.database = database;
    this.queue = queue;
    this.clock = clock;
  }

  /// Why something cannot be planned.
  public enum Refusal {
    /// There is nothing to say.
    EMPTY,
    /// The text is too long.
    TOO_LONG,
    /// The time is over.
    PAST,
    /// The time is too far away.
    TOO_FAR,
    /// It would come too often.
    TOO_OFTEN,
    /// This person has planned enough.
    TOO_MANY
  }

  /// Whether something can be planned; empty when it can. To be asked before [#add], whoever wishes
  /// it: a person, or a model for one.
  public Optional<Refusal> check(long person, Schedule.Plan plan) {
    Instant now = clock.instant();
    if (plan.text().isBlank()) {
      return Optional.of(Refusal.EMPTY);
    }
    if (plan.text().length() > LONGEST) {
      return Optional.of(Refusal.TOO_LONG);
    }
    Optional<Instant> next = plan.rhythm().after(now, plan.zone());
    if (next.isEmpty()) {
      return Optional.of(Refusal.PAST);
    }
    if (next.get().isAfter(now.plus(FARTHEST))) {
      return Optional.of(Refusal.TOO_FAR);
    }
    if (plan.rhythm() instanceof Rhythm.Every(Duration period, var _)
        && period.compareTo(SHORTEST) < 0) {
      return Optional.of(Refusal.TOO_OFTEN);
    }
    return count(person) >= MOST ? Optional.of(Refusal.TOO_MANY) : Optional.empty();
  }

  /// Plans something that was checked.
  ///
  /// @return its number
  public long add(Tx tx, long person, Address address, Schedule.Plan plan) {
    Instant now = clock.instant();
    // What was just ahead when it was checked may be over now: then it is due at once.
    Instant next = plan.rhythm().after(now, plan.zone()).orElse(now);
    long id =
        tx.insert(
            "INSERT INTO schedules (person, address, rhythm, zone, asks, text, next, job, created)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)",
            person,
            address.text(),
            plan.rhythm().text(),
            plan.zone().getId(),
            plan.asks(),
            plan.text(),
            next,
            now);
    plan(tx, id, next);
    return id;
  }

  /// What somebody has planned, the next first.
  public List<Schedule> list(long person) {
    return database.read(tx ->
        tx.query(
            COLUMNS + "WHERE person=? ORDER BY next, id LIMIT " + MOST, Schedules::row, person));
  }

  /// How many are planned, by anybody.
  public long count() {
    return database.read(
        tx -> tx.queryOne("SELECT count(*) FROM schedules", row -> row.number(1)).orElse(0L));
  }

  /// One of them.
  public Optional<Schedule> find(long id) {
    return database.read(tx -> find(tx, id));
  }

  /// Calls one off.
  ///
  /// @return whether it was still planned
  public boolean cancel(Tx tx, long id) {
    Optional<Schedule> found = find(tx, id);
    found.ifPresent(schedule -> {
      queue.cancel(tx, schedule.job());
      delete(tx, id);
    });
    return found.isPresent();
  }

  /// Calls off everything of a person, because they are removed.
  public void removeAll(Tx tx, long person) {
    tx.query("SELECT id FROM schedules WHERE person=?", row -> row.number(1), person)
        .forEach(id -> cancel(tx, id));
  }

  /// Writes a chat's new address.
  public void moved(Tx tx, Address from, Address to) {
    tx.update("UPDATE schedules SET address=? WHERE address=?", to.text(), from.text());
  }

  /// What a job is for; empty when that was called off, or the job is not the one that is due.
  public Optional<Schedule> due(Tx tx, long job) {
    return tx.queryOne(COLUMNS + "WHERE job=?", Schedules::row, job);
  }

  /// Goes on to the next time after now, or ends it. What was missed in between is not made up for:
  /// the caller has just said so once.
  public void advance(Tx tx, Schedule schedule) {
    Instant now = clock.instant();
    Instant from = schedule.next().isAfter(now) ? schedule.next() : now;
    Optional<Instant> next = schedule.plan().rhythm().after(from, schedule.plan().zone());
    next.ifPresentOrElse(
        instant -> plan(tx, schedule.id(), instant), () -> delete(tx, schedule.id()));
  }

  private void plan(Tx tx, long id, Instant next) {
    long job =
        queue.enqueue(
            tx,
            NewJob.of(
                REMIND, Priority.ANSWER, "schedule:" + id, Long.toString(next.toEpochMilli())),
            next);
    tx.update("UPDATE schedules SET next=?, job=? WHERE id=?", next, job, id);
  }

  private static void delete(Tx tx, long id) {
    tx.update("DELETE FROM schedules WHERE id=?", id);
  }

  private long count(long person) {
    return database.read(tx ->
        tx.queryOne("SELECT count(*) FROM schedules WHERE person=?", row -> row.number(1), person)
            .orElse(0L));
  }

  private static Optional<Schedule> find(Tx tx, long id) {
    return tx.queryOne(COLUMNS + "WHERE id=?", Schedules::row, id);
  }

  private static Schedule row(Row row) {
    return new Schedule(
        row.number(1),
        row.number(2),
        Address.of(row.text(3)),
        new Schedule.Plan(
            Rhythm.of(row.text(4)), ZoneId.of(row.text(5)), row.number(6) != 0, row.text(7)),
        row.instant(8),
        row.number(9));
  }
}
