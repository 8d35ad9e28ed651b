package dev.sandpiper.edge.burst.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.burst.misbehaving.MisbehavingHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Each bound on workers, small, with a real process that runs into it.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WorkerLimitsIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int MANY = 500;

  @TempDir private Path folder;

  @Test
  void idleWorkerIsEnded() throws Exception {
    try (LocalBackend backend = backend(Duration.ofMillis(200), LONG, MANY)) {
      long worker = pid(backend);

      Awaited.that("the idle worker is gone", SOON, () -> !runs(worker));
      Awaited.that("its folders are gone", SOON, () -> workerFolders() == 0);
      assertThat(pid(backend)).isNotEqualTo(worker);
    }
  }

  @Test
  void workerIsReplacedAfterItsNumberOfTasks() throws Exception {
    try (LocalBackend backend = backend(LONG, LONG, 2)) {
      long first = pid(backend);

      assertThat(pid(backend)).isEqualTo(first);
      assertThat(pid(backend)).isNotEqualTo(first);
      assertThat(runs(first)).isFalse();
    }
  }

  @Test
  void workerIsEndedAtItsCpuLimit() throws Exception {
    try (LocalBackend backend = backend(LONG, Duration.ofSeconds(1), MANY)) {
      assertThat(run(backend, "spin"))
          .isInstanceOfSatisfying(
              ParseReply.Failed.class,
              failed -> {
                assertThat(failed.code()).isEqualTo(FailCode.DEADLINE);
                assertThat(failed.message()).contains("it used more than 1 s of CPU time");
              });
    }
  }

  @Test
  void workerIsEndedWithItsChildrenAtItsMemoryLimit() throws Exception {
    try (LocalBackend backend = backend(LONG, LONG, MANY)) {
      assertThat(run(backend, "bloat"))
          .isInstanceOfSatisfying(
              ParseReply.Failed.class,
              failed -> {
                assertThat(failed.code()).isEqualTo(FailCode.OUT_OF_MEMORY);
                assertThat(failed.message()).contains("it used more than 192 MiB of memory");
              });
      Awaited.that(
          "its children are gone",
          SOON,
          () -> ProcessHandle.current().descendants().noneMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  void interruptEndsTheWorkerAndFreesItsSlot() throws Exception {
    try (LocalBackend backend = backend(LONG, LONG, MANY)) {
      long worker = pid(backend);
      FutureTask<ParseReply> task = new FutureTask<>(() -> run(backend, "hang"));
      Thread thread = new Thread(task, "interrupted");
      thread.start();
      Awaited.that("the task has begun", SOON, () -> begun(folder.resolve("state")));

      thread.interrupt();

      assertThat(cause(task)).isInstanceOf(InterruptedException.class);
      assertThat(runs(worker)).isFalse();
      assertThat(pid(backend)).isNotEqualTo(worker);
    }
  }

  @Test
  void interruptDuringTheStartLeavesNoWorker() throws Exception {
    try (LocalBackend backend = backend(LONG, LONG, MANY)) {
      FutureTask<ParseReply> task = new FutureTask<>(() -> run(backend, "behave"));
      Thread thread = new Thread(task, "interrupted");
      thread.start();

      thread.interrupt();

      assertThat(cause(task)).isInstanceOf(InterruptedException.class);
      Awaited.that("no worker is left", SOON, () -> workerFolders() == 0);
      pid(backend);
      assertThat(workerFolders()).isEqualTo(1);
    }
  }

  private static Throwable cause(FutureTask<?> task) throws Exception {
    try {
      return new AssertionError("it answered: " + task.get(60, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return e.getCause() == null ? e : e.getCause();
    }
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  /// Whether a worker under `state` has begun a task that hangs.
  static boolean begun(Path state) throws IOException {
    if (!Files.isDirectory(state)) {
      return false;
    }
    try (Stream<Path> files = Files.find(state, 5, (file, _) -> file.endsWith("out/begun"))) {
      return files.findAny().isPresent();
    }
  }

  private long workerFolders() throws IOException {
    Path workers = folder.resolve("state/workers");
    if (!Files.isDirectory(workers)) {
      return 0;
    }
    try (Stream<Path> files =
        Files.find(workers, 2, (file, _) -> file.getFileName().toString().startsWith("local-"))) {
      return files.count();
    }
  }

  private long pid(LocalBackend backend) throws Exception {
    ParseReply reply = run(backend, "pid");
    assertThat(reply).isInstanceOf(ParseReply.Rejected.class);
    return Long.parseLong(((ParseReply.Rejected) reply).message().replace("open: ", ""));
  }

  private ParseReply run(LocalBackend backend, String deed) throws Exception {
    return backend.run(task(folder, deed)).reply();
  }

  static BurstTask task(Path folder, String deed) throws IOException {
    Path document = Files.createTempFile(folder, "document", null);
    return new BurstTask.Parse(
        "request-1",
        new BurstTask.DocumentFile(deed, "0".repeat(64), 0, null, document),
        null,
        Set.of(Output.MARKDOWN),
        SplitPolicy.NONE,
        Limits.DEFAULT.withWallMillis(60_000));
  }

  private LocalBackend backend(Duration idle, Duration cpu, int maxTasks) throws IOException {
    LocalOptions plain =
        LocalWorkers.options(
            FunctionZips.misbehaving(folder),
            MisbehavingHandler.NAME,
            folder.resolve("state"),
            SandboxMode.NONE);
    LocalOptions.WorkerLimits usual = plain.limits();
    return new LocalBackend(
        new LocalOptions(
            plain.functionZip(),
            plain.handler(),
            plain.runtimeClasspath(),
            plain.jvmOptions(),
            plain.stateDir(),
            plain.javaHome(),
            plain.sandbox(),
            plain.aotCache(),
            new LocalOptions.WorkerLimits(
                1,
                128,
                64,
                idle,
                usual.startTimeout(),
                usual.grace(),
                cpu,
                usual.maxResultBytes(),
                maxTasks)),
        Clock.systemUTC(),
        LocalWorkers.JOURNAL);
  }
}
