package dev.sandpiper.edge.burst.local;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Workers that run: started when one is needed, kept warm, ended when idle. Who takes a worker
/// gives it back or discards it.
final class WorkerPool implements AutoCloseable {

  /// Makes the factory when the first worker is needed.
  interface FactorySupplier {
    WorkerFactory open() throws IOException;
  }

  private static final String CLOSED = "the agent is stopping";

  private final LocalOptions.WorkerLimits limits;
  private final FactorySupplier supplier;
  private final Supplier<@Nullable AotUse> aot;
  private final ScheduledThreadPoolExecutor keeper;
  private final Deque<Worker> idle = new ArrayDeque<>();
  private final Set<Worker> all = new HashSet<>();
  private final List<WorkerFactory> factory = new ArrayList<>(1);
  private boolean closed;

  WorkerPool(
      LocalOptions.WorkerLimits limits, FactorySupplier supplier, Supplier<@Nullable AotUse> aot) {
    this.limits = limits;
    this.supplier = supplier;
    this.aot = aot;
    this.keeper =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(null, task, "worker-keeper", 256L << 10);
              thread.setDaemon(true);
              return thread;
            });
    keeper.setRemoveOnCancelPolicy(true);
    keeper.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /// A warm worker, or a new one that has asked for its first task.
  ///
  /// @throws IOException when none can be started; the message says why
  Worker take() throws IOException, InterruptedException {
    for (Worker worker = pollIdle(); worker != null; worker = pollIdle()) {
      if (worker.alive()) {
        return worker;
      }
      discard(worker);
    }
    Worker worker = start(aot);
    try {
      worker.session().ready().get(limits.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
      return worker;
    } catch (ExecutionException e) {
      discard(worker);
      throw notStarted(worker, reason(e));
    } catch (TimeoutException e) {
      discard(worker);
      throw notStarted(
          worker, "it was not ready after " + limits.startTimeout().toSeconds() + " s");
    } catch (InterruptedException e) {
      discard(worker);
      throw e;
    }
  }

  /// Keeps a healthy worker for the next task.
  void giveBack(Worker worker) {
    worker.markIdle(System.nanoTime());
    synchronized (this) {
      if (!closed) {
        idle.push(worker);
        ScheduledFuture<?> _ =
            keeper.schedule(
                this::endIdle, limits.idleTimeout().toMillis() + 1, TimeUnit.MILLISECONDS);
        return;
      }
    }
    discard(worker);
  }

  /// Ends a worker that shall not be used again.
  void discard(Worker worker) {
    synchronized (this) {
      all.remove(worker);
      idle.remove(worker);
    }
    worker.kill();
  }

  /// Starts a worker that may not be ready yet; the caller discards it.
  ///
  /// @param use asked when the factory is open: what it finds then decides
  Worker start(Supplier<@Nullable AotUse> use) throws IOException, InterruptedException {
    Future<Worker> started;
    try {
      started = keeper.submit(() -> launch(use));
    } catch (RejectedExecutionException e) {
      throw new IOException(CLOSED, e);
    }
    try {
      return started.get();
    } catch (ExecutionException e) {
      throw new IOException("The worker process cannot be started: " + reason(e), e);
    } catch (CancellationException e) {
      throw new IOException(CLOSED, e);
    } catch (InterruptedException e) {
      abandon(started);
      throw e;
    }
  }

  private Worker launch(Supplier<@Nullable AotUse> use) throws IOException {
    WorkerFactory opened = factory();
    Worker worker = opened.start(use.get());
    synchronized (this) {
      if (!closed) {
        all.add(worker);
        return worker;
      }
    }
    worker.kill();
    throw new IOException(CLOSED);
  }

  /// Ends a worker nobody waits for any more, as soon as it is started.
  private void abandon(Future<Worker> started) {
    try {
      keeper.execute(() -> {
        if (started.state() == Future.State.SUCCESS) {
          discard(started.resultNow());
        }
      });
    } catch (RejectedExecutionException _) {
      // The pool is closed, and ended it or will.
    }
  }

  private WorkerFactory factory() throws IOException {
    if (factory.isEmpty()) {
      factory.add(supplier.open());
    }
    return factory.getFirst();
  }

  /// Whether no worker has had anything to do for `span`.
  synchronized boolean quiet(Duration span) {
    long since = System.nanoTime() - span.toNanos();
    return all.stream()
        .allMatch(worker -> idle.contains(worker) && worker.idleSinceNanos() - since <= 0);
  }

  /// Whether the agent is stopping.
  synchronized boolean isClosed() {
    return closed;
  }

  private synchronized @Nullable Worker pollIdle() {
    return idle.poll();
  }

  private void endIdle() {
    long before = System.nanoTime() - limits.idleTimeout().toNanos();
    List<Worker> old;
    synchronized (this) {
      old = idle.stream().filter(worker -> worker.idleSinceNanos() - before <= 0).toList();
      // At once, so that none is handed out and killed under its task.
      idle.removeAll(old);
    }
    old.forEach(this::discard);
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }

  private static IOException notStarted(Worker worker, String why) {
    String last = worker.tail().lastLines();
    return new IOException(
        "The worker "
            + worker.name()
            + " did not start: "
            + why
            + (last.isEmpty() ? "" : ". Its last words: " + last)
            + ". Run \"sandpiper doctor\".");
  }

  @Override
  public void close() {
    List<Worker> running;
    synchronized (this) {
      closed = true;
      running = List.copyOf(all);
    }
    running.forEach(this::discard);
    // Waits for a start that is under way: it ends its worker itself.
    keeper.close();
  }
}
