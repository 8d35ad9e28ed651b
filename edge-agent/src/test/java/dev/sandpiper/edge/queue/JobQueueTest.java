package dev.sandpiper.edge.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import dev.sandpiper.edge.store.Tx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class JobQueueTest {

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock();
  private QueueOptions options = QueueOptions.defaults();
  private Database database;
  private JobQueue queue;

  @BeforeEach
  void start() {
    database = Database.open(folder.resolve("edge.db"), DatabaseOptions.defaults());
    queue = new JobQueue(database, options, clock, new Random(7));
  }

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void jobIsClaimedOnceAndEndsOnce() {
    long id = enqueue(Priority.CHAT);
    Lease lease = claim();
    assertThat(lease.job().id()).isEqualTo(id);
    assertThat(lease.job().state()).isEqualTo(JobState.RUNNING);
    assertThat(lease.job().attempts()).isEqualTo(1);
    assertThat(queue.claim()).isEmpty();
    assertThat(queue.holds(lease)).isTrue();
    assertThat(finish(lease, "{\"a\":1}")).isTrue();
    assertThat(finish(lease, "{\"a\":2}")).isFalse();
    Job done = job(id);
    assertThat(done.state()).isEqualTo(JobState.DONE);
    assertThat(done.outcome()).isEqualTo("{\"a\":1}");
    assertThat(done.lateResults()).isEqualTo(1);
    assertThat(queue.holds(lease)).isFalse();
  }

  @Test
  void leaseOfADeadProcessIsFreeAtOnceAndItsLateResultIsIgnored() {
    long id = enqueue(Priority.CHAT);
    Lease dead = claim();
    restart();
    Lease alive = claim();
    assertThat(alive.job().id()).isEqualTo(id);
    assertThat(alive.token()).isGreaterThan(dead.token());
    assertThat(alive.job().attempts()).as("interrupted attempts do not count").isEqualTo(1);
    assertThat(alive.job().interruptions()).isEqualTo(1);
    assertThat(finish(dead, "{}")).isFalse();
    assertThat(retry(dead, FailureKind.TRANSIENT, null)).isEqualTo(Disposition.STALE);
    assertThat(finish(alive, "{}")).isTrue();
    assertThat(job(id).lateResults()).isEqualTo(2);
  }

  @Test
  void jobThatIsInterruptedTooOftenIsParked() {
    long id = enqueue(Priority.CHAT);
    long healthy = enqueue(Priority.BULK);
    for (int i = 0; i <= options.maxInterruptions(); i++) {
      assertThat(claim().job().id()).isEqualTo(id);
      restart();
    }
    assertThat(claim().job().id()).isEqualTo(healthy);
    assertThat(job(id).state()).isEqualTo(JobState.PARKED);
    assertThat(job(id).reason()).startsWith("The agent ended 26 times while it worked on this.");
  }

  @Test
  void failedJobComesBackLaterWithGrowingBoundsUntilItIsParked() {
    long id = enqueue(Priority.CHAT);
    long bound = options.backoffBase().toMillis();
    for (int attempt = 1; attempt < options.maxAttempts(); attempt++) {
      assertThat(retry(claim(), FailureKind.TRANSIENT, null)).isEqualTo(Disposition.RETRYING);
      Job waiting = job(id);
      assertThat(waiting.dueAt()).isNotNull();
      assertThat(Duration.between(clock.instant(), waiting.dueAt()).toMillis())
          .isBetween(0L, bound);
      bound = Math.min(bound * 2, options.backoffMax().toMillis());
      clock.advance(options.backoffMax());
    }
    assertThat(retry(claim(), FailureKind.TRANSIENT, null)).isEqualTo(Disposition.PARKED);
    assertThat(job(id).reason()).isEqualTo("It failed 8 times: no route");
    assertThat(job(id).dueAt()).isNull();
  }

  @Test
  void retryAfterIsHonouredAcrossARestart() {
    enqueue(Priority.CHAT);
    retry(claim(), FailureKind.TRANSIENT, Duration.ofMinutes(10));
    restart();
    clock.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(queue.claim()).isEmpty();
    clock.advance(options.backoffBase().plusMillis(1));
    assertThat(queue.claim()).isPresent();
  }

  @Test
  void documentThatKillsItsWorkerThreeTimesIsParkedAsPoisonous() {
    long id = enqueue(Priority.CHAT);
    for (int i = 0; i < 2; i++) {
      assertThat(retry(claim(), FailureKind.WORKER_KILLED, null)).isEqualTo(Disposition.RETRYING);
      clock.advance(options.backoffMax());
    }
    assertThat(retry(claim(), FailureKind.WORKER_KILLED, null)).isEqualTo(Disposition.PARKED);
    assertThat(job(id).reason()).isEqualTo("It killed its worker 3 times: no route");
    assertThat(queue.claim()).isEmpty();
    assertThat(database.<Boolean>write(tx -> queue.resume(tx, id))).isTrue();
    assertThat(claim().job()).extracting(Job::attempts, Job::kills).containsExactly(1, 0);
    assertThat(database.<Boolean>write(tx -> queue.resume(tx, id))).isFalse();
  }

  @Test
  void chatOvertakesBulkButBulkIsNotStarved() {
    for (int i = 0; i < 20; i++) {
      enqueue(Priority.BULK);
    }
    for (int i = 0; i < 20; i++) {
      enqueue(Priority.CHAT);
    }
    List<Priority> order = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      order.add(claim().job().priority());
    }
    assertThat(order).filteredOn(Priority.BULK::equals).hasSize(2);
    assertThat(order.subList(0, 7)).containsOnly(Priority.CHAT);
  }

  @Test
  void lastPartWakesItsParent() {
    long id = enqueue(Priority.CHAT);
    assertThat(split(claim(), 3)).isTrue();
    assertThat(job(id).state()).isEqualTo(JobState.WAITING);
    List<Lease> parts = List.of(claim(), claim(), claim());
    assertThat(queue.claim()).isEmpty();
    finish(parts.get(2), "{\"part\":2}");
    finish(parts.get(0), "{\"part\":0}");
    assertThat(queue.claim()).isEmpty();
    finish(parts.get(1), "{\"part\":1}");
    Lease join = claim();
    assertThat(join.job().id()).isEqualTo(id);
    assertThat(queue.view().parts(id))
        .extracting(Job::outcome)
        .containsExactly("{\"part\":0}", "{\"part\":1}", "{\"part\":2}");
  }

  @Test
  void partCannotBeSplitAgain() {
    enqueue(Priority.CHAT);
    split(claim(), 2);
    Lease part = claim();
    assertThatThrownBy(() -> split(part, 2))
        .hasMessage("job " + part.job().id() + " is a part and cannot be split again");
  }

  @Test
  void parkedPartParksItsParentAndBothComeBackTogether() {
    long id = enqueue(Priority.CHAT);
    split(claim(), 2);
    finish(claim(), "{}");
    Lease second = claim();
    assertThat(database.<Disposition>write(tx -> queue.park(tx, second, "no memory")))
        .isEqualTo(Disposition.PARKED);
    assertThat(job(id).state()).isEqualTo(JobState.PARKED);
    assertThat(job(id).reason()).isEqualTo("Part 2: no memory");
    database.<Boolean>write(tx -> queue.resume(tx, second.job().id()));
    assertThat(job(id).state()).isEqualTo(JobState.WAITING);
    finish(claim(), "{}");
    assertThat(claim().job().id()).isEqualTo(id);
  }

  @Test
  void rejectedPartEndsTheWholeFamily() {
    long id = enqueue(Priority.CHAT);
    split(claim(), 3);
    Lease first = claim();
    Lease running = claim();
    assertThat(database.<Boolean>write(tx -> queue.finishWhole(tx, first, "{\"rejected\":1}")))
        .isTrue();
    assertThat(job(id).state()).isEqualTo(JobState.DONE);
    assertThat(job(id).outcome()).isEqualTo("{\"rejected\":1}");
    assertThat(finish(running, "{}")).isFalse();
    assertThat(queue.claim()).isEmpty();
  }

  @Test
  void cancelledJobTakesItsPartsAndRunningLeaseWithIt() {
    long id = enqueue(Priority.CHAT);
    split(claim(), 2);
    Lease running = claim();
    assertThat(database.<Boolean>write(tx -> queue.cancel(tx, running.job().id()))).isTrue();
    assertThat(queue.holds(running)).isFalse();
    assertThat(finish(running, "{}")).isFalse();
    assertThat(queue.claim()).isEmpty();
    assertThat(job(id).state()).isEqualTo(JobState.CANCELLED);
    assertThat(database.<Boolean>write(tx -> queue.cancel(tx, id))).isFalse();
    assertThat(database.<Boolean>write(tx -> queue.cancel(tx, 999))).isFalse();
  }

  @Test
  void releasedJobIsReadyAgainAndTheAttemptDoesNotCount() {
    enqueue(Priority.CHAT);
    Lease lease = claim();
    assertThat(database.<Boolean>write(tx -> queue.release(tx, lease))).isTrue();
    Lease again = claim();
    assertThat(again.job().attempts()).isEqualTo(1);
    assertThat(again.job().interruptions()).isZero();
  }

  @Test
  void postponedJobIsNotBlamedForAWhile() {
    long id = enqueue(Priority.CHAT);
    Instant made = job(id).created();
    for (int i = 0; i < 3 * options.maxAttempts(); i++) {
      Lease lease = claim();
      assertThat(postpone(lease)).isEqualTo(Disposition.RETRYING);
      assertThat(postpone(lease)).isEqualTo(Disposition.STALE);
      assertThat(job(id).attempts()).isZero();
      assertThat(job(id).reason()).isEqualTo("nobody to ask");
      assertThat(queue.claim()).isEmpty();
      clock.advance(Duration.ofSeconds(5).plus(options.backoffBase()));
    }
    clock.advance(
        Duration.between(clock.instant(), made.plus(JobQueue.POSTPONED_AT_MOST)).plusMillis(1));
    for (int i = 1; i < options.maxAttempts(); i++) {
      assertThat(postpone(claim())).isEqualTo(Disposition.RETRYING);
      clock.advance(options.backoffMax());
    }
    assertThat(postpone(claim())).isEqualTo(Disposition.PARKED);
  }

  private Disposition postpone(Lease lease) {
    return database.<Disposition>write(
        tx -> queue.postpone(tx, lease, "nobody to ask", Duration.ofSeconds(5)));
  }

  @Test
  void forgottenDocumentLeavesNothingInItsJobs() {
    long id = enqueue(Priority.CHAT);
    Lease running = claim();
    assertThat(database.<Integer>write(tx -> queue.forget(tx, "subject"))).isEqualTo(1);
    assertThat(job(id).subject()).isEmpty();
    assertThat(job(id).state()).isEqualTo(JobState.CANCELLED);
    assertThat(finish(running, "{}")).isFalse();
  }

  @Test
  void waitingClaimWakesForANewJobAndForADueOne() throws Exception {
    CompletableFuture<Lease> waiting = CompletableFuture.supplyAsync(this::await);
    long id = enqueue(Priority.CHAT);
    Lease lease = waiting.get(90, TimeUnit.SECONDS);
    assertThat(lease.job().id()).isEqualTo(id);
    CompletableFuture<Lease> second = CompletableFuture.supplyAsync(this::await);
    database.<Boolean>write(tx -> queue.release(tx, lease));
    assertThat(second.get(90, TimeUnit.SECONDS).job().id()).isEqualTo(id);
  }

  @Test
  void jobThatFallsDueBetweenAClaimAndTheWaitIsNotMissed() throws Exception {
    Instant start = clock.instant();
    AtomicInteger looks = new AtomicInteger();
    database.close();
    database = Database.open(folder.resolve("edge.db"), DatabaseOptions.defaults());
    queue =
        new JobQueue(
            database,
            options,
            () -> start.plusMillis(10L * looks.incrementAndGet()),
            new Random(7));
    NewJob job = NewJob.of("parse", Priority.CHAT, "subject", "{}");
    // The clock moves by 10 ms at each look: it falls due between the second and the third.
    long id = database.<Long>write(tx -> queue.enqueue(tx, job, start.plusMillis(25)));
    assertThat(queue.awaitClaim(Lane.DOCUMENTS).job().id()).isEqualTo(id);
  }

  @Test
  void jobOfALaterTimeWaitsForItOverARestart() {
    Instant due = clock.instant().plus(Duration.ofDays(400));
    NewJob job = NewJob.of("remind", Priority.ANSWER, "subject", "{}");
    long id = database.<Long>write(tx -> queue.enqueue(tx, job, due));
    restart();
    clock.advance(Duration.ofDays(400).minusMillis(1));
    assertThat(queue.claim(Lane.TALK)).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(queue.claim(Lane.TALK).orElseThrow().job().id()).isEqualTo(id);
  }

  @Test
  void answersAndDocumentsNeverWaitForEachOther() {
    for (int i = 0; i < 100; i++) {
      enqueue(Priority.CHAT);
    }
    long answer = enqueue(Priority.ANSWER);
    for (int i = 0; i < 16; i++) {
      assertThat(claim().job().id()).as("documents only").isNotEqualTo(answer);
    }
    assertThat(queue.claim(Lane.TALK).orElseThrow().job().id()).isEqualTo(answer);
    assertThat(queue.claim(Lane.TALK)).isEmpty();
  }

  @Test
  void watchHearsOnceHowAFamilyEnds() {
    List<String> heard = new ArrayList<>();
    queue.watch(
        new JobWatch() {
          @Override
          public void ended(Tx tx, Job job, JobState state, @Nullable String reason) {
            heard.add(job.kind() + " " + state + " " + reason);
          }

          @Override
          public void resumed(Tx tx, Job job) {
            heard.add(job.kind() + " resumed");
          }
        });
    long id = enqueue(Priority.CHAT);
    split(claim(), 2);
    Lease first = claim();
    Lease second = claim();
    finish(first, "{}");
    database.<Disposition>write(tx -> queue.park(tx, second, "no memory"));
    database.<Boolean>write(tx -> queue.resume(tx, id));
    finish(claim(), "{}");
    assertThat(heard).containsExactly("part PARKED no memory", "parse resumed");
    finish(claim(), "{}");
    long other = enqueue(Priority.CHAT);
    database.<Boolean>write(tx -> queue.cancel(tx, other));
    enqueue(Priority.CHAT);
    database.<Integer>write(tx -> queue.forget(tx, "subject"));
    assertThat(heard.subList(2, heard.size()))
        .containsExactly("parse DONE null", "parse CANCELLED null", "parse CANCELLED null");
  }

  @Test
  void listenersHearOfCommittedChangesOnly() {
    AtomicInteger heard = new AtomicInteger();
    queue.addListener(heard::incrementAndGet);
    enqueue(Priority.CHAT);
    assertThat(heard).hasValue(1);
    assertThatThrownBy(() ->
            database.<Long>write(tx -> {
              queue.enqueue(tx, NewJob.of("parse", Priority.CHAT, "s", "{}"));
              throw new IllegalStateException("undone");
            }))
        .hasMessage("undone");
    assertThat(heard).hasValue(1);
    assertThat(queue.view().counts().get(JobState.READY)).isEqualTo(1);
  }

  @Test
  void fullQueueAndFullDiskRefuseWithTheNextStep() {
    options = QueueOptions.defaults().withAdmission(2, 0);
    restart();
    assertThat(queue.admit(10)).isEqualTo(new Admission.Admitted());
    enqueue(Priority.CHAT);
    enqueue(Priority.CHAT);
    assertThat(queue.admit(10))
        .isInstanceOfSatisfying(
            Admission.QueueFull.class,
            full -> assertThat(full.message()).contains("2 jobs are waiting").contains("jobs"));
    options = QueueOptions.defaults().withAdmission(10, Long.MAX_VALUE / 2);
    restart();
    assertThat(queue.admit(10))
        .isInstanceOfSatisfying(
            Admission.DiskFull.class,
            full -> assertThat(full.message()).contains("The disk is too full"));
  }

  @Test
  void oldEndedJobsAreClearedAndUnfinishedOnesKept() {
    options = QueueOptions.defaults().withKeepEnded(100);
    restart();
    long parked = enqueue(Priority.CHAT);
    Lease first = claim();
    database.<Disposition>write(tx -> queue.park(tx, first, "why"));
    for (int i = 0; i < 520; i++) {
      enqueue(Priority.CHAT);
      finish(claim(), "{}");
    }
    assertThat(queue.view().counts().get(JobState.DONE)).isBetween(100L, 100L + 256);
    assertThat(job(parked).state()).isEqualTo(JobState.PARKED);
  }

  @Test
  void jobsAreListedNewestFirstInPages() {
    for (int i = 0; i < 5; i++) {
      enqueue(Priority.BULK);
    }
    split(claim(), 2);
    List<Job> page = queue.view().list(JobFilter.newest(3));
    assertThat(page).extracting(Job::id).containsExactly(5L, 4L, 3L);
    assertThat(queue.view().list(new JobFilter(null, null, 3, 3)))
        .extracting(Job::id)
        .containsExactly(2L, 1L);
    assertThat(queue.view().list(JobFilter.in(JobState.WAITING, 10)))
        .extracting(Job::id)
        .containsExactly(1L);
    assertThat(queue.view().parts(1)).hasSize(2);
  }

  @Test
  void blobOfAnUnfinishedFamilyIsMentioned() {
    enqueue(Priority.CHAT);
    split(claim(), 2);
    finish(claim(), "{\"result\":\"abc123\"}");
    assertThat(queue.view().mentions("abc123")).isTrue();
    finish(claim(), "{}");
    finish(claim(), "{}");
    assertThat(queue.view().mentions("abc123")).isFalse();
  }

  private Lease await() {
    try {
      return queue.awaitClaim(Lane.DOCUMENTS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void restart() {
    database.close();
    start();
  }

  private long enqueue(Priority priority) {
    return database.<Long>write(
        tx -> queue.enqueue(tx, NewJob.of("parse", priority, "subject", "{}")));
  }

  private Lease claim() {
    return queue.claim().orElseThrow();
  }

  private boolean finish(Lease lease, String outcome) {
    return database.<Boolean>write(tx -> queue.finish(tx, lease, outcome));
  }

  private Disposition retry(Lease lease, FailureKind kind, @Nullable Duration after) {
    return database.<Disposition>write(tx -> queue.retry(tx, lease, kind, "no route", after));
  }

  private boolean split(Lease lease, int parts) {
    List<NewJob> jobs = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      jobs.add(NewJob.of("part", lease.job().priority(), "subject", "{\"n\":" + i + "}"));
    }
    return database.<Boolean>write(tx -> queue.split(tx, lease, jobs));
  }

  private Job job(long id) {
    return queue.view().find(id).orElseThrow();
  }
}
