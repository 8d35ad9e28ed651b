package dev.sandpiper.edge.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random sequences of everything that can happen to jobs, restarts included.
@Timeout(120)
class QueuePropertyTest {

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock();
  private final List<Lease> leases = new ArrayList<>();
  private final Map<Long, String> ends = new HashMap<>();
  private final Set<Long> jobs = new HashSet<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyJobEndsOnceAndNoneIsLost(long seed) {
    Random random = new Random(seed);
    for (int life = 0; life < 5; life++) {
      try (Database database = open()) {
        JobQueue queue = new JobQueue(database, QueueOptions.defaults(), clock, random);
        for (int step = 0; step < 60; step++) {
          step(database, queue, random);
        }
      }
    }
    try (Database database = open()) {
      JobQueue queue = new JobQueue(database, QueueOptions.defaults(), clock, random);
      drain(database, queue);
      assertThat(queue.view().list(JobFilter.newest(1000)))
          .extracting(Job::id)
          .containsExactlyInAnyOrderElementsOf(jobs);
      assertThat(queue.view().list(JobFilter.newest(1000)))
          .allSatisfy(job -> {
            assertThat(job.state()).isIn(JobState.DONE, JobState.PARKED, JobState.CANCELLED);
            if (job.state() == JobState.DONE) {
              assertThat(job.outcome()).isEqualTo(ends.get(job.id()));
            }
          });
    }
  }

  private void step(Database database, JobQueue queue, Random random) {
    switch (random.nextInt(9)) {
      case 0, 1 ->
          jobs.add(
              database.<Long>write(
                  tx -> queue.enqueue(tx, NewJob.of("parse", priority(random), "s", "{}"))));
      case 2, 3 -> queue.claim().ifPresent(this::note);
      case 4 -> any(random).ifPresent(lease -> finish(database, queue, lease));
      case 5 ->
          any(random)
              .ifPresent(lease ->
                  database.<Disposition>write(
                      tx -> queue.retry(tx, lease, kind(random), "chance", Duration.ofSeconds(3))));
      case 6 ->
          any(random)
              .filter(lease -> lease.job().parent() == null)
              .ifPresent(lease ->
                  database.<Boolean>write(tx ->
                      queue.split(
                          tx,
                          lease,
                          List.of(
                              NewJob.of("part", Priority.CHAT, "s", "{}"),
                              NewJob.of("part", Priority.BULK, "s", "{}")))));
      case 7 ->
          any(random)
              .filter(_ -> random.nextInt(4) == 0)
              .ifPresent(
                  lease -> database.<Boolean>write(tx -> queue.cancel(tx, lease.job().id())));
      default -> clock.advance(Duration.ofMinutes(random.nextInt(20)));
    }
  }

  private void drain(Database database, JobQueue queue) {
    for (int i = 0; i < 10_000; i++) {
      Optional<Lease> lease = queue.claim();
      if (lease.isEmpty() && queue.view().counts().getOrDefault(JobState.READY, 0L) == 0) {
        return;
      }
      lease.ifPresent(claimed -> {
        note(claimed);
        finish(database, queue, claimed);
      });
      clock.advance(Duration.ofMinutes(20));
    }
    throw new AssertionError("jobs that never end");
  }

  private void note(Lease lease) {
    assertThat(ends).as("an ended job is not claimed").doesNotContainKey(lease.job().id());
    assertThat(leases).extracting(Lease::token).doesNotContain(lease.token());
    leases.add(lease);
  }

  private void finish(Database database, JobQueue queue, Lease lease) {
    String outcome = "{\"token\":" + lease.token() + "}";
    if (database.<Boolean>write(tx -> queue.finish(tx, lease, outcome))) {
      assertThat(ends.put(lease.job().id(), outcome)).as("ended once").isNull();
    }
  }

  private Optional<Lease> any(Random random) {
    return leases.isEmpty()
        ? Optional.empty()
        : Optional.of(leases.get(random.nextInt(leases.size())));
  }

  private static Priority priority(Random random) {
    return Priority.of(random.nextInt(3));
  }

  private static FailureKind kind(Random random) {
    return random.nextInt(3) == 0 ? FailureKind.WORKER_KILLED : FailureKind.TRANSIENT;
  }

  private Database open() {
    return Database.open(folder.resolve("edge.db"), DatabaseOptions.defaults());
  }
}
