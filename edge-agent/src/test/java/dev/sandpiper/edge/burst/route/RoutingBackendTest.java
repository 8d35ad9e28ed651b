package dev.sandpiper.edge.burst.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.burst.BackendMemory;
import dev.sandpiper.edge.burst.BurstAnswer;
import dev.sandpiper.edge.burst.BurstStatus;
import dev.sandpiper.edge.burst.BurstStatus.State;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.burst.Fault;
import dev.sandpiper.edge.circuit.Circuit;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class RoutingBackendTest {

  private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

  @TempDir private Path folder;
  private final Clouds local = new Clouds("local", 2);
  private final Clouds cloud = new Clouds("aws", 64);
  private final ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Instant now = START;
  private Database database;
  private RoutingBackend backend;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("db"), DatabaseOptions.defaults());
    backend = backend(false);
  }

  @AfterEach
  void close() {
    lanes.shutdownNow();
    database.close();
  }

  private RoutingBackend backend(boolean cloudFirst) {
    return backend(cloudFirst, database);
  }

  private RoutingBackend backend(boolean cloudFirst, Database store) {
    return new RoutingBackend(
        new RoutingBackend.Parts(local, cloud, new SplitPolicy(4, 1_500)),
        new RouteOptions(cloudFirst, 2, 64),
        new BackendMemory(store, "aws", new Random(1)),
        () -> now,
        new Journal(new PrintStream(OutputStream.nullOutputStream()), () -> now));
  }

  @Test
  void overflowGivesTheCloudWhatTheWorkersHaveNoRoomFor() throws Exception {
    List<Future<BurstAnswer>> running = run(5);
    await(() -> local.given.size() == 2 && cloud.given.size() == 3);
    answer(local, 2);
    answer(cloud, 3);
    settle(running);
    assertThat(cloud.settled).hasValue(3);
  }

  @Test
  void firstGivesTheCloudWhatItCanTake() throws Exception {
    backend = backend(true);
    List<Future<BurstAnswer>> running = run(12);
    await(() -> local.given.size() == 2 && cloud.given.size() == 8);
    answer(cloud, 12);
    answer(local, 12);
    settle(running);
  }

  @Test
  void partsAreJoinedAtHome() throws Exception {
    backend = backend(true);
    answer(local, 1);
    BurstTask.Join join =
        new BurstTask.Join("join", Clouds.task("x").document(), List.of(), Limits.DEFAULT);
    assertThat(backend.run(join).worker()).isEqualTo("local");
  }

  @Test
  void whatTheCloudRefusesIsDoneAtHomeWithinTheSameAttempt() throws Exception {
    backend = backend(true);
    cloud.fault = Fault.INTERNAL;
    answer(cloud, 1);
    answer(local, 1);
    assertThat(backend.run(Clouds.task("a")).worker()).isEqualTo("local");
    assertThat(cloud.given).containsExactly("a");
    assertThat(local.given).containsExactly("a");
    assertThat(backend.status().state()).as("one defect").isEqualTo(State.WORKING);
  }

  @Test
  void anUnreachableCloudIsLeftAloneAndTriedWithOneTask() throws Exception {
    backend = backend(true);
    refuseUntilItRests();
    answer(local, 1);
    assertThat(backend.run(Clouds.task("resting")).worker()).isEqualTo("local");
    assertThat(cloud.given).doesNotContain("resting");

    now = START.plus(Circuit.FIRST_REST);
    cloud.fault = null;
    List<Future<BurstAnswer>> running = run(3);
    await(() -> cloud.given.size() == 4 && local.given.size() == 6);
    answer(local, 2);
    answer(cloud, 1);
    settle(running);
    assertThat(backend.status().state()).isEqualTo(State.WORKING);
  }

  @Test
  void aTrialThatFailsRestsTwiceAsLongAlsoAfterARestart() throws Exception {
    backend = backend(true);
    refuseUntilItRests();
    now = START.plus(Circuit.FIRST_REST);
    answer(cloud, 1);
    answer(local, 1);
    assertThat(backend.run(Clouds.task("trial")).worker()).isEqualTo("local");
    Instant retryAt = now.plus(Circuit.FIRST_REST.multipliedBy(2));
    assertThat(backend.status().retryAt()).isEqualTo(retryAt);

    backend = backend(true);
    BurstStatus status = backend.status();
    assertThat(status.state()).isEqualTo(State.RESTING);
    assertThat(status.retryAt()).isEqualTo(retryAt);
    assertThat(backend.checkCloud().status()).isEqualTo(CheckResult.Status.WARN);
    assertThat(backend.checkCloud().fix()).isEqualTo("the cloud says NETWORK");
    assertThat(backend.check().status()).as("local works").isEqualTo(CheckResult.Status.OK);
  }

  @Test
  void throttlesHalveItsShareAndDoNotStopIt() throws Exception {
    backend = backend(true);
    cloud.fault = Fault.THROTTLED;
    List<Future<BurstAnswer>> running = run(8);
    await(() -> cloud.given.size() == 8);
    answer(cloud, 8);
    answer(local, 8);
    settle(running);
    assertThat(backend.status().share()).isEqualTo(4);
    assertThat(backend.status().state()).isEqualTo(State.WORKING);
  }

  @Test
  void aFunctionThatSaysItIsBusyHalvesItsShare() throws Exception {
    backend = backend(true);
    cloud.failure = FailCode.THROTTLED;
    answer(cloud, 1);
    backend.run(Clouds.task("a")).settled().run();
    assertThat(backend.status().share()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(names = "THROTTLED", mode = EnumSource.Mode.EXCLUDE)
  void whatFailsInTheCloudIsJudgedAtHome(FailCode code) throws Exception {
    backend = backend(true);
    cloud.failure = code;
    answer(cloud, 1);
    answer(local, 1);
    assertThat(backend.run(Clouds.task("a")).worker()).isEqualTo("local");
    assertThat(cloud.settled).as("nothing of it stays there").hasValue(1);
    assertThat(backend.status().inFlight()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "MALFORMED_REQUEST",
        "UNSUPPORTED_VERSION",
        "HASH_MISMATCH",
        "SOURCE_REFUSED",
        "UNKNOWN"
      })
  void aRefusalThatIsNotAboutTheDocumentDoesNotEndIt(RejectCode code) throws Exception {
    backend = backend(true);
    cloud.rejection = code;
    answer(cloud, 1);
    answer(local, 1);
    assertThat(backend.run(Clouds.task("a")).worker()).isEqualTo("local");
    assertThat(cloud.settled).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"ENCRYPTED", "UNSUPPORTED_TYPE", "OVER_LIMIT", "UNREADABLE"})
  void aRefusalOfTheDocumentIsTheAnswer(RejectCode code) throws Exception {
    backend = backend(true);
    cloud.rejection = code;
    answer(cloud, 1);
    BurstAnswer answer = backend.run(Clouds.task("a"));
    assertThat(answer.worker()).isEqualTo("aws");
    answer.settled().run();
  }

  @Test
  void aFunctionThatFailsEveryTaskIsLeftAlone() throws Exception {
    backend = backend(true);
    cloud.failure = FailCode.RESULT_UNAVAILABLE;
    for (int i = 0; i < Circuit.MOST_DEFECTS; i++) {
      answer(cloud, 1);
      answer(local, 1);
      backend.run(Clouds.task("failed-" + i));
    }
    assertThat(backend.status().state()).isEqualTo(State.RESTING);
  }

  @Test
  void aStoreThatFailsCostsNoPlace() throws Exception {
    Database broken = Database.open(folder.resolve("broken"), DatabaseOptions.defaults());
    backend = backend(true, broken);
    broken.close();
    cloud.fault = Fault.NETWORK;
    for (int i = 0; i < Circuit.MOST_REFUSALS; i++) {
      answer(cloud, 1);
      answer(local, 1);
      assertThat(backend.run(Clouds.task("refused-" + i)).worker()).isEqualTo("local");
    }
    assertThat(backend.status().inFlight()).isZero();
    assertThat(backend.status().state()).isEqualTo(State.RESTING);
  }

  @Test
  void drainingFinishesWhatIsThereAndOutlivesARestart() throws Exception {
    backend = backend(true);
    List<Future<BurstAnswer>> running = run(1);
    await(() -> cloud.given.size() == 1);
    assertThat(backend.drain().state()).isEqualTo(State.DRAINING);
    answer(local, 1);
    assertThat(backend.run(Clouds.task("later")).worker()).isEqualTo("local");
    answer(cloud, 1);
    BurstAnswer answer = running.getFirst().get();
    assertThat(backend.status().state()).as("not stored yet").isEqualTo(State.DRAINING);
    answer.settled().run();
    assertThat(backend.status().state()).isEqualTo(State.DRAINED);

    backend = backend(true);
    assertThat(backend.status().state()).isEqualTo(State.DRAINED);
    assertThat(backend.checkCloud().status()).isEqualTo(CheckResult.Status.OK);
    assertThat(backend.resume().state()).isEqualTo(State.WORKING);
    answer(cloud, 1);
    assertThat(backend.run(Clouds.task("again")).worker()).isEqualTo("aws");
  }

  @Test
  void resumingTriesARestingCloudAtOnce() throws Exception {
    backend = backend(true);
    refuseUntilItRests();
    assertThat(backend.resume().state()).isEqualTo(State.WORKING);
  }

  @Test
  void jobsAreBegunOnlyWhenThereIsRoomForThem() throws Exception {
    backend.drain();
    for (int i = 0; i < 4; i++) {
      backend.turnstile().enter();
      backend.turnstile().claimed();
    }
    Future<?> fifth =
        lanes.submit(() -> {
          backend.turnstile().enter();
          return true;
        });
    assertThatThrownBy(() -> fifth.get(50, TimeUnit.MILLISECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    backend.resume();
    assertThat(fifth.get()).isEqualTo(true);
  }

  @Test
  void aLargeDocumentIsWorthMorePartsWhileTheCloudWorks() throws Exception {
    backend = backend(true);
    assertThat(backend.splitPolicy()).isEqualTo(new SplitPolicy(32, 4_000));
    refuseUntilItRests();
    assertThat(backend.splitPolicy()).isEqualTo(new SplitPolicy(4, 1_500));
  }

  @Test
  void anInterruptedTaskGivesItsPlaceBack() throws Exception {
    backend = backend(true);
    Future<BurstAnswer> task = run(1).getFirst();
    await(() -> cloud.given.size() == 1);
    task.cancel(true);
    await(() -> backend.status().inFlight() == 0);
  }

  @Test
  void answersAreWrittenAFewAtATime() throws Exception {
    backend = backend(true);
    List<Future<BurstAnswer>> running = run(8);
    await(() -> cloud.given.size() == 8);
    answer(cloud, 8);
    await(() -> running.stream().filter(Future::isDone).count() == 4);
    assertThat(backend.status().inFlight()).isEqualTo(8);
    settle(running);
    assertThat(backend.status().inFlight()).isZero();
  }

  private void refuseUntilItRests() throws InterruptedException {
    cloud.fault = Fault.NETWORK;
    for (int i = 0; i < Circuit.MOST_REFUSALS; i++) {
      answer(cloud, 1);
      answer(local, 1);
      backend.run(Clouds.task("refused-" + i));
    }
    assertThat(backend.status().state()).isEqualTo(State.RESTING);
  }

  private List<Future<BurstAnswer>> run(int count) {
    List<Future<BurstAnswer>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "task-" + i;
      running.add(lanes.submit(() -> backend.run(Clouds.task(id))));
    }
    return running;
  }

  private static void answer(Clouds backend, int count) {
    backend.answers.release(count);
  }

  /// Takes the answers in whatever order they come: few are handed over before others are stored.
  private static void settle(List<Future<BurstAnswer>> running)
      throws InterruptedException, ExecutionException {
    boolean[] settled = new boolean[running.size()];
    int left = running.size();
    while (left > 0) {
      for (int i = 0; i < settled.length; i++) {
        if (!settled[i] && running.get(i).isDone()) {
          running.get(i).get().settled().run();
          settled[i] = true;
          left--;
        }
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the time limit").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
