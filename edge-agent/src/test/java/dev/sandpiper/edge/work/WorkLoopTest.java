package dev.sandpiper.edge.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.burst.Turnstile;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.JobState;
import dev.sandpiper.edge.queue.Lane;
import dev.sandpiper.edge.queue.Lease;
import dev.sandpiper.edge.queue.NewJob;
import dev.sandpiper.edge.queue.Priority;
import dev.sandpiper.edge.queue.QueueOptions;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WorkLoopTest {

  private static final String SHA = "0".repeat(64);

  // Opened before each test.
  @SuppressWarnings("NullAway.Init")
  private Database database;

  @SuppressWarnings("NullAway.Init")
  private JobQueue queue;

  @BeforeEach
  void open(@TempDir Path home) {
    database = Database.open(home.resolve("test.db"), DatabaseOptions.defaults());
    queue =
        new JobQueue(
            database,
            QueueOptions.defaults(),
            InstantSource.system(),
            RandomGenerator.getDefault());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everyJobIsDoneThoughEachEndWakesTheWatchForCancelledOnes() throws Exception {
    CountDownLatch done = new CountDownLatch(200);
    try (WorkLoop loop = loop(new Work(lease -> finish(lease, done)), 4)) {
      queue.addListener(loop::stopCancelled);
      for (int i = 0; i < 200; i++) {
        enqueue();
      }
      loop.start();
      assertThat(done.await(90, TimeUnit.SECONDS)).as("left: %d", done.getCount()).isTrue();
    }
    assertThat(queue.view().counts()).containsEntry(JobState.DONE, 200L);
  }

  @Test
  void cancelledJobIsInterruptedAndTheLaneGoesOn() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    long first = enqueue();
    Work work =
        new Work(lease -> {
          if (lease.job().id() != first) {
            finish(lease, done);
            return;
          }
          started.countDown();
          try {
            new CountDownLatch(1).await();
          } finally {
            interrupted.countDown();
          }
        });
    try (WorkLoop loop = loop(work, 1)) {
      queue.addListener(loop::stopCancelled);
      loop.start();
      assertThat(started.await(90, TimeUnit.SECONDS)).isTrue();
      boolean cancelled = database.write(tx -> queue.cancel(tx, first));
      assertThat(cancelled).isTrue();
      assertThat(interrupted.await(90, TimeUnit.SECONDS)).isTrue();
      enqueue();
      assertThat(done.await(90, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(queue.view().find(first)).get().extracting("state").isEqualTo(JobState.CANCELLED);
  }

  @Test
  void defectInTheWorkIsSettledAndTheLaneGoesOn() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    long broken = enqueue();
    Work work =
        new Work(lease -> {
          if (lease.job().id() == broken) {
            throw new IllegalStateException("a defect");
          }
          finish(lease, done);
        });
    try (WorkLoop loop = loop(work, 1)) {
      loop.start();
      enqueue();
      assertThat(done.await(90, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(work.failures)
        .containsExactly("Defect in the agent: java.lang.IllegalStateException: a defect");
  }

  @Test
  void jobInWorkGoesBackWhenTheLoopCloses() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    long job = enqueue();
    Work work =
        new Work(_ -> {
          started.countDown();
          new CountDownLatch(1).await();
        });
    try (WorkLoop loop = loop(work, 1)) {
      loop.start();
      assertThat(started.await(90, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(queue.view().find(job)).get().extracting("state").isEqualTo(JobState.READY);
  }

  private WorkLoop loop(JobWork work, int lanes) {
    Journal silent =
        new Journal(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            InstantSource.system());
    return new WorkLoop(
        database,
        queue,
        List.of(work),
        new WorkLoop.Lanes(Lane.DOCUMENTS, lanes, Turnstile.OPEN),
        silent);
  }

  private long enqueue() {
    return database.write(
        tx -> queue.enqueue(tx, new NewJob("test", Priority.BULK, SHA, "{}", null)));
  }

  private void finish(Lease lease, CountDownLatch done) {
    boolean mine = database.write(tx -> queue.finish(tx, lease, "{}"));
    assertThat(mine).isTrue();
    done.countDown();
  }

  private interface Deed {
    void run(Lease lease) throws InterruptedException;
  }

  /// Work that does what the test says.
  private final class Work implements JobWork {
    private final Deed deed;
    private final List<String> failures = new java.util.concurrent.CopyOnWriteArrayList<>();

    Work(Deed deed) {
      this.deed = deed;
    }

    @Override
    public Set<String> kinds() {
      return Set.of("test");
    }

    @Override
    public void run(Lease lease) throws InterruptedException {
      deed.run(lease);
    }

    @Override
    public void failed(Lease lease, String reason) {
      failures.add(reason);
      database.write(tx -> queue.park(tx, lease, reason));
    }
  }
}
