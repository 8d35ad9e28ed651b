package dev.sandpiper.edge.burst.local;

import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.edge.burst.BurstAnswer;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Runs the function package in worker JVMs on this machine. Nothing is started before the first
/// task; what agents that died have left is removed at once. Safe for use by several threads.
public final class LocalBackend implements BurstBackend {

  /// Long tasks are watched anyway; after short ones a look at the memory now and then will do.
  private static final int TASKS_PER_LOOK = 16;

  private static final String WORKERS = "workers";

  private final LocalOptions options;
  private final InstantSource clock;
  private final Journal journal;
  private final Semaphore slots;
  private final WorkerPool pool;
  private @Nullable WorkerFactory factory;
  private @Nullable Path home;
  private @Nullable Sandbox sandbox;
  private @Nullable AotTrainer trainer;

  public LocalBackend(LocalOptions options, InstantSource clock, Journal journal) {
    this.options = options;
    this.clock = clock;
    this.journal = journal;
    this.slots = new Semaphore(options.limits().workers(), true);
    this.pool = new WorkerPool(options.limits(), this::openFactory, this::aot);
    Leftovers.sweep(options.stateDir().resolve(WORKERS), "");
    Leftovers.sweep(WorkerFactory.SOCKETS, WorkerFactory.SOCKETS_PREFIX);
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public int slots() {
    return options.limits().workers();
  }

  @Override
  public BurstAnswer run(BurstTask task) throws InterruptedException {
    slots.acquire();
    try {
      BurstAnswer answer = attempt(task);
      train(answer);
      // A worker may have ended between being taken and being asked: nothing has run yet then.
      return answer == null ? attemptAgain(task) : answer;
    } finally {
      slots.release();
    }
  }

  private BurstAnswer attemptAgain(BurstTask task) throws InterruptedException {
    BurstAnswer answer = attempt(task);
    return answer != null
        ? answer
        : failure(task, FailCode.INTERNAL, "Workers end before they take a task.");
  }

  /// The answer, or `null` when the worker ended before it took the task.
  private @Nullable BurstAnswer attempt(BurstTask task) throws InterruptedException {
    Worker worker;
    try {
      worker = pool.take();
    } catch (IOException e) {
      return failure(task, FailCode.INTERNAL, String.valueOf(e.getMessage()));
    }
    boolean healthy = false;
    try {
      byte[] request = Requests.stage(task, worker.exchange());
      Invocation invocation = new Invocation(task.requestId(), request, deadline(task));
      worker.session().submit(invocation);
      Errand errand = new Errand(worker, invocation, options.limits());
      Errand.End end = errand.await(Duration.ofMillis(task.limits().wallMillis()));
      if (end instanceof Errand.End.Said(Outcome.Exited _) && !invocation.delivered().isDone()) {
        return null;
      }
      BurstAnswer answer = answer(end, worker, task.requestId());
      healthy = sane(end, answer.reply()) && reusable(worker);
      return answer;
    } catch (IOException e) {
      return failure(
          task,
          FailCode.SOURCE_UNAVAILABLE,
          "Cannot put the document before a worker: " + e.getMessage() + ". Is the disk full?");
    } finally {
      if (healthy) {
        pool.giveBack(worker);
      } else {
        pool.discard(worker);
      }
    }
  }

  private long deadline(BurstTask task) {
    return clock.millis() + task.limits().wallMillis() + options.limits().grace().toMillis();
  }

  private BurstAnswer answer(Errand.End end, Worker worker, String requestId)
      throws InterruptedException {
    Verdicts verdicts = new Verdicts(worker, requestId);
    return switch (end) {
      case Errand.End.Condemned(ParseReply reply) -> new BurstAnswer(reply, null, worker.name());
      case Errand.End.Said(Outcome.Answered(byte[] body)) ->
          withResult(verdicts.answered(body), verdicts);
      case Errand.End.Said(Outcome.Oversized()) ->
          new BurstAnswer(verdicts.oversized(), null, worker.name());
      case Errand.End.Said(Outcome.Errored(String error)) ->
          new BurstAnswer(verdicts.errored(error), null, worker.name());
      case Errand.End.Said(Outcome.Exited(int code)) ->
          new BurstAnswer(verdicts.exited(code), null, worker.name());
    };
  }

  private BurstAnswer withResult(ParseReply reply, Verdicts verdicts) throws InterruptedException {
    Worker worker = verdicts.worker();
    if (!(reply instanceof ParseReply.Parsed parsed)) {
      return new BurstAnswer(reply, null, worker.name());
    }
    ParseReply.Stored stored = parsed.stored();
    if (stored == null) {
      return new BurstAnswer(verdicts.nonsense("it stored no result"), null, worker.name());
    }
    try {
      Path target = results().resolve(UUID.randomUUID() + ".json");
      return new BurstAnswer(
          reply, worker.exchange().takeResult(target, stored.size()), worker.name());
    } catch (ClosedByInterruptException _) {
      throw new InterruptedException("interrupted while a result was taken from its worker");
    } catch (IOException e) {
      return new BurstAnswer(
          verdicts.nonsense("its result cannot be taken: " + e.getMessage()), null, worker.name());
    }
  }

  /// Whether the worker answered, and with sense: one with a defect is not asked again.
  private static boolean sane(Errand.End end, ParseReply reply) {
    boolean defect =
        reply instanceof ParseReply.Failed failed && failed.code() == FailCode.INTERNAL;
    return end instanceof Errand.End.Said(Outcome.Answered _) && !defect;
  }

  /// Whether a worker that has answered is as good as new.
  private boolean reusable(Worker worker) {
    int tasks = worker.countTask();
    if (tasks >= options.limits().maxTasks()) {
      return false;
    }
    long rss = tasks % TASKS_PER_LOOK == 0 ? worker.vitals().rssBytes() : worker.rssBytes();
    long grownMb = rss >> 20;
    if (grownMb > options.limits().heapMb() + options.limits().nativeMb() / 2) {
      return false;
    }
    try {
      worker.exchange().clear();
      return true;
    } catch (IOException _) {
      // What it left cannot be removed: its folders go with it.
      return false;
    }
  }

  private static BurstAnswer failure(BurstTask task, FailCode code, String message) {
    return new BurstAnswer(new ParseReply.Failed(task.requestId(), code, message), null, "local");
  }

  private synchronized WorkerFactory openFactory() throws IOException {
    FunctionImage image = FunctionImage.open(options);
    Leftovers.keepOnly(options.stateDir().resolve(FunctionImage.FOLDER), "*", image.name());
    if (options.aotCache()) {
      Path caches = options.stateDir().resolve("aot").toAbsolutePath();
      String name = aotName(image);
      Leftovers.keepOnly(caches, "*.aot*", name);
      trainer = new AotTrainer(caches, name, clock, journal);
    }
    Path folder = home();
    WorkerFactory opened = new WorkerFactory(options, sandbox(), image, folder, journal);
    factory = opened;
    return opened;
  }

  private synchronized @Nullable AotUse aot() {
    return trainer == null ? null : trainer.use();
  }

  /// After the first document, so that it never waits for the training.
  private synchronized void train(@Nullable BurstAnswer answer) {
    if (trainer != null && answer != null && answer.reply() instanceof ParseReply.Parsed) {
      trainer.trainOnce(pool);
    }
  }

  private synchronized Sandbox sandbox() throws IOException {
    Sandbox found = sandbox;
    if (found == null) {
      found = SandboxProbe.find(options.sandbox());
      sandbox = found;
    }
    return found;
  }

  /// Another function, runtime or set of flags is another cache, and so is another age of a jar:
  /// the JVM passes over a cache made with it.
  private String aotName(FunctionImage image) throws IOException {
    StringBuilder made =
        new StringBuilder(options.javaHome().toString())
            .append(Runtime.version())
            .append(options.limits().heapMb())
            .append(Files.readString(options.jvmOptions()));
    for (Path jar : image.jars()) {
      made.append(jar).append(Files.getLastModifiedTime(jar));
    }
    byte[] hash = FunctionImage.sha256().digest(made.toString().getBytes(StandardCharsets.UTF_8));
    return image.name() + "-" + HexFormat.of().formatHex(hash, 0, 8) + ".aot";
  }

  private synchronized Path home() throws IOException {
    Path folder = home;
    if (folder == null) {
      Path workers = Folders.makePrivate(options.stateDir().resolve(WORKERS));
      folder = Leftovers.create(workers, "");
      home = folder;
    }
    return folder;
  }

  private Path results() throws IOException {
    return Folders.makePrivate(home().resolve("results"));
  }

  @Override
  public CheckResult check() {
    if (!Files.isReadable(options.functionZip())) {
      return CheckResult.fail(
          "workers",
          "the function package " + options.functionZip() + " is missing",
          "Install Sandpiper again.");
    }
    if (!Files.isExecutable(options.javaHome().resolve("bin/java"))) {
      return CheckResult.fail(
          "workers",
          "there is no java in " + options.javaHome(),
          "Set JAVA_HOME to a JDK or JRE 25, or install one.");
    }
    try {
      Sandbox found = sandbox();
      String detail =
          "%d workers of %d MiB, sandbox %s"
              .formatted(slots(), options.limits().heapMb(), found.label());
      return found instanceof Sandbox.Bubblewrap
          ? CheckResult.ok("workers", detail)
          : CheckResult.warn("workers", detail, SandboxProbe.better());
    } catch (IOException e) {
      return CheckResult.fail("workers", String.valueOf(e.getMessage()), SandboxProbe.better());
    }
  }

  @Override
  public void close() {
    // Not under the lock, which a worker that is just being started may need.
    pool.close();
    closeFolders();
  }

  private synchronized void closeFolders() {
    try {
      if (factory != null) {
        factory.close();
      }
      if (home != null) {
        Folders.delete(home);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
