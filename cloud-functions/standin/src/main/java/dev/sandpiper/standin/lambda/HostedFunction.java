package dev.sandpiper.standin.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A function with its processes. Safe for use by several threads.
public final class HostedFunction implements Function {

  private static final Duration INIT = Duration.ofSeconds(60);

  private final FunctionSpec spec;
  private final LambdaHost host;
  private final Path root;
  private final Path home;
  private final Semaphore permits;
  private final Deque<FunctionProcess> idle = new ArrayDeque<>();
  private final Set<FunctionProcess> all = new HashSet<>();
  private final AtomicInteger coldStarts = new AtomicInteger();
  private final AtomicInteger restores = new AtomicInteger();
  private boolean closed;

  /// @param root the unpacked zip
  /// @param home where processes have their `/tmp`
  HostedFunction(FunctionSpec spec, LambdaHost host, Path root, Path home) {
    this.spec = spec;
    this.host = host;
    this.root = root;
    this.home = home;
    this.permits = new Semaphore(spec.settings().concurrency());
  }

  /// How many processes were started.
  public int coldStarts() {
    return coldStarts.get();
  }

  /// How many processes were restored after their checkpoint.
  public int restores() {
    return restores.get();
  }

  /// The processes that run.
  public synchronized List<Long> pids() {
    return all.stream().filter(FunctionProcess::alive).map(FunctionProcess::pid).toList();
  }

  @Override
  public InvokeResult invoke(byte[] payload) throws InterruptedException {
    if (payload.length > RuntimeSession.MOST_BYTES) {
      return new InvokeResult.TooLarge();
    }
    if (!permits.tryAcquire()) {
      return new InvokeResult.Throttled();
    }
    try {
      return run(UUID.randomUUID().toString(), payload);
    } finally {
      permits.release();
    }
  }

  private InvokeResult run(String id, byte[] payload) throws InterruptedException {
    FunctionProcess process;
    try {
      process = take();
    } catch (IOException e) {
      return FunctionErrors.notStarted(id, String.valueOf(e.getMessage()));
    }
    Duration limit = spec.settings().timeout();
    Invocation invocation =
        new Invocation(
            id,
            payload,
            host.clock().instant().plus(limit).toEpochMilli(),
            new CompletableFuture<>());
    process.session().submit(invocation);
    if (!process.alive()) {
      process.session().exited(1); // it ended between two tasks
    }
    try {
      InvokeResult result = invocation.result().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      giveBack(process);
      return result;
    } catch (TimeoutException _) {
      discard(process);
      return FunctionErrors.timedOut(id, limit);
    } catch (ExecutionException e) {
      throw new IllegalStateException("results are never exceptional", e);
    } catch (InterruptedException e) {
      discard(process);
      throw e;
    }
  }

  private FunctionProcess take() throws IOException, InterruptedException {
    for (FunctionProcess process = pollIdle(); process != null; process = pollIdle()) {
      if (process.alive()) {
        return process;
      }
      discard(process);
    }
    FunctionProcess process = launch();
    try {
      process.session().ready().get(INIT.toSeconds(), TimeUnit.SECONDS);
      return process;
    } catch (ExecutionException | TimeoutException e) {
      discard(process);
      throw new IOException(e.getMessage() + "\n" + process.lastWords(), e);
    } catch (InterruptedException e) {
      discard(process);
      throw e;
    }
  }

  private synchronized FunctionProcess launch() throws IOException {
    if (closed) {
      throw new IOException("the host is closed");
    }
    int number = coldStarts.incrementAndGet();
    Path tmp = Files.createDirectory(home.resolve("tmp-" + number));
    String arn = "arn:aws:lambda:eu-central-1:000000000000:function:" + spec.name();
    RuntimeSession session = new RuntimeSession(arn, restores::incrementAndGet);
    ProcessBuilder builder = new ProcessBuilder(command(tmp)).directory(root.toFile());
    builder.environment().clear();
    builder.environment().putAll(FunctionEnvironment.of(spec, root, tmp, host.register(session)));
    FunctionProcess process = new FunctionProcess(builder, session);
    all.add(process);
    return process;
  }

  private List<String> command(Path tmp) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xmx" + spec.settings().memoryMb() + "m",
            "-XX:ErrorFile=" + tmp.resolve("hs_err.log"),
            "-Djava.io.tmpdir=" + tmp,
            "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
                + host.runtime().nativeLibrary(),
            "-cp",
            String.join(":", host.runtime().jars().stream().map(Path::toString).toList()),
            RuntimeClass.NAME,
            spec.handler()));
    return command;
  }

  private synchronized @Nullable FunctionProcess pollIdle() {
    return idle.poll();
  }

  private void giveBack(FunctionProcess process) {
    synchronized (this) {
      if (!closed && process.alive()) {
        idle.push(process);
        return;
      }
    }
    discard(process);
  }

  private void discard(FunctionProcess process) {
    synchronized (this) {
      all.remove(process);
      idle.remove(process);
    }
    process.kill();
  }

  void close() {
    List<FunctionProcess> running;
    synchronized (this) {
      closed = true;
      running = List.copyOf(all);
    }
    running.forEach(this::discard);
  }
}
