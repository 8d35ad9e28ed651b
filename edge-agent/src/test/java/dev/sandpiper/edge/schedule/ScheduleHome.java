package dev.sandpiper.edge.schedule;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.Lane;
import dev.sandpiper.edge.queue.Lease;
import dev.sandpiper.edge.queue.QueueOptions;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import dev.sandpiper.edge.store.Tx;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Schedules on a real database with a real queue, at a time the test sets. What fires leaves a
/// row, in the same transaction; a second row of the same planned time fails.
final class ScheduleHome implements AutoCloseable, InstantSource {
  static final Address CHAT = new Address("phone", "1");

  private final Path file;
  private Instant now;
  private Database database;
  private JobQueue queue;
  Schedules schedules;
  final Set<String> open = new HashSet<>();

  ScheduleHome(Path folder, Instant now) {
    this.file = folder.resolve("agent.db");
    this.now = now;
    this.database = Database.open(file, DatabaseOptions.defaults());
    this.queue = new JobQueue(database, QueueOptions.defaults(), this, new Random(1));
    this.schedules = new Schedules(database, queue, this);
    database.<@Nullable Void>write(tx -> {
      tx.update(
          "CREATE TABLE IF NOT EXISTS fired (schedule TEXT, planned INTEGER, at INTEGER, PRIMARY KEY"
              + " (schedule, planned))");
      return null;
    });
  }

  @Override
  public Instant instant() {
    return now;
  }

  /// Sets the clock.
  void at(Instant instant) {
    now = instant;
  }

  void at(String instant) {
    at(Instant.parse(instant));
  }

  /// Ends and begins again, as the agent does.
  void restart() {
    database.close();
    database = Database.open(file, DatabaseOptions.defaults());
    queue = new JobQueue(database, QueueOptions.defaults(), this, new Random(1));
    schedules = new Schedules(database, queue, this);
    schedules.settle();
  }

  long add(Schedule.Plan plan) {
    return database.write(tx -> schedules.add(tx, 1, CHAT, plan));
  }

  /// A change in a transaction of its own.
  interface Step {
    void make(Tx tx);
  }

  void change(Step step) {
    database.<@Nullable Void>write(tx -> {
      step.make(tx);
      return null;
    });
  }

  List<FileSchedules.Changed> apply(FileSchedules.Wanted... wanted) {
    return database.write(tx -> new FileSchedules(schedules, this).apply(tx, List.of(wanted)));
  }

  /// Does everything that is due.
  ///
  /// @return the keys of what fired
  List<String> run() {
    List<String> keys = new java.util.ArrayList<>();
    for (Optional<Lease> lease = queue.claim(Lane.TALK);
        lease.isPresent();
        lease = queue.claim(Lane.TALK)) {
      Lease held = lease.get();
      List<Firing> begun =
          database.write(tx -> {
            queue.finish(tx, held, "{}");
            List<Firing> firings = schedules.meet(tx, held.job(), now, open::contains);
            for (Firing firing : firings) {
              tx.insert(
                  "INSERT INTO fired VALUES (?, ?, ?)", firing.schedule(), firing.slot().at(), now);
            }
            return firings;
          });
      begun.forEach(firing -> keys.add(firing.key()));
    }
    return keys;
  }

  /// What fired of a schedule, by planned time.
  List<Instant> fired(long id) {
    return database.read(tx ->
        tx.query(
            "SELECT planned FROM fired WHERE schedule=? ORDER BY planned",
            row -> row.instant(1),
            Long.toString(id)));
  }

  /// When the next job is due; far ahead when there is none.
  Instant nextDue() {
    return database.read(tx ->
        tx.queryOne(
                "SELECT due FROM jobs WHERE due IS NOT NULL AND state='READY' ORDER BY due LIMIT 1",
                row -> row.instant(1))
            .orElse(Instant.MAX));
  }

  /// How it ended, with its reason, newest first.
  List<String> history(String name) {
    return schedules.history(name, 20).stream()
        .map(firing ->
            firing.outcome()
                + (firing.times() > 1 ? " x" + firing.times() : "")
                + " "
                + firing.slot().at()
                + (firing.reason() == null ? "" : ": " + firing.reason()))
        .toList();
  }

  @Override
  public void close() {
    database.close();
  }
}
