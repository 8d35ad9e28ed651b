package dev.sandpiper.edge.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The writer thread: takes what callers want to write, commits it in groups and acknowledges a
/// group when its commit is on the disk.
final class Committer {
  private final Path file;
  private final Session session;
  private final WalSync log;
  private final DatabaseOptions options;
  private final BlockingQueue<Request<?>> waiting = new LinkedBlockingQueue<>();
  private final Object gate = new Object();
  private final Thread thread;
  private boolean closed; // guarded by gate
  private boolean stopping; // writer thread only
  private volatile @Nullable StoreException broken;

  Committer(Path file, Session session, WalSync log, DatabaseOptions options) {
    this.file = file;
    this.session = session;
    this.log = log;
    this.options = options;
    this.thread = Thread.ofPlatform().name("sandpiper-store").daemon().unstarted(this::serve);
  }

  void start() {
    thread.start();
  }

  /// Why nothing can be written any more.
  Optional<String> failure() {
    StoreException cause = broken;
    return cause == null ? Optional.empty() : Optional.ofNullable(cause.getMessage());
  }

  <T extends @Nullable Object> T submit(Request.Kind kind, Work<T> work) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("a transaction must not wait for another one");
    }
    Request<T> request = new Request<>(kind, work);
    synchronized (gate) {
      if (closed) {
        throw new StoreException(
            StoreException.Code.CLOSED, "Database " + file + " is closed.", null);
      }
      waiting.add(request);
    }
    return request.await();
  }

  /// Commits what is waiting, then ends the thread.
  void close() throws SQLException, IOException {
    synchronized (gate) {
      if (closed) {
        return;
      }
      closed = true;
      waiting.add(new Request<@Nullable Void>(Request.Kind.ALONE, _ -> stop()));
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    log.close();
    session.close();
  }

  private @Nullable Void stop() {
    stopping = true;
    return null;
  }

  private void serve() {
    List<Request<?>> group = new ArrayList<>();
    while (!stopping) {
      try {
        gather(group);
      } catch (InterruptedException e) {
        continue; // nobody has a reason to interrupt this thread; only close() ends it
      }
      List<Request<?>> transactions = new ArrayList<>(group);
      transactions.removeIf(request -> request.kind() == Request.Kind.ALONE);
      if (!transactions.isEmpty()) {
        commitOrFail(transactions);
        transactions.forEach(Request::complete);
      }
      group.removeAll(transactions);
      group.forEach(this::runAlone);
      group.clear();
    }
  }

  /// Waits for a request; when others are waiting behind it, lingers for more.
  private void gather(List<Request<?>> group) throws InterruptedException {
    group.add(waiting.take());
    waiting.drainTo(group, options.maxGroup() - group.size());
    if (group.size() == 1) {
      return;
    }
    long end = System.nanoTime() + options.linger().toNanos();
    while (group.size() < options.maxGroup()) {
      Request<?> next = waiting.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      group.add(next);
    }
  }

  private void runAlone(Request<?> request) {
    try {
      request.run(session);
    } catch (RuntimeException | Error e) {
      request.fail(e);
    }
    request.complete();
  }

  /// Whatever happens, callers get an answer.
  private void commitOrFail(List<Request<?>> group) {
    try {
      commit(group);
    } catch (RuntimeException | Error e) {
      rollBack();
      group.stream().filter(request -> !request.failed()).forEach(r -> r.fail(e));
    }
  }

  private void commit(List<Request<?>> group) {
    StoreException refusal = broken;
    if (refusal != null) {
      group.forEach(request -> request.fail(refusal));
      return;
    }
    try {
      session.command("BEGIN IMMEDIATE");
      for (Request<?> request : group) {
        runInside(request);
      }
      session.command("COMMIT");
    } catch (SQLException e) {
      StoreException cause =
          group.stream().anyMatch(Request::foundDiskFull)
              ? SqlErrors.diskFull(file, e)
              : SqlErrors.of(file, "commit", e);
      rollBack();
      group.stream().filter(request -> !request.failed()).forEach(r -> r.fail(cause));
      return;
    }
    if (group.stream().anyMatch(r -> r.kind() == Request.Kind.DURABLE && !r.failed())) {
      sync(group);
    }
  }

  /// Each in a savepoint of its own, so that one that fails does not take the others with it.
  private void runInside(Request<?> request) throws SQLException {
    session.command("SAVEPOINT one");
    try {
      request.run(session);
    } catch (RuntimeException | Error e) {
      request.fail(e);
      session.takeAfterCommit();
      // When SQLite has already rolled everything back (a full disk), this throws, and the whole
      // group fails with it.
      session.command("ROLLBACK TO one");
    }
    session.command("RELEASE one");
  }

  private void rollBack() {
    try {
      session.command("ROLLBACK");
    } catch (SQLException e) {
      // "no transaction is active": SQLite has rolled back by itself.
    }
  }

  private void sync(List<Request<?>> group) {
    try {
      log.force();
    } catch (IOException e) {
      StoreException cause =
          new StoreException(
              StoreException.Code.SYNC_FAILED,
              "Database "
                  + file
                  + ": the disk did not confirm a commit ("
                  + e.getMessage()
                  + "). Nothing more is accepted. Check the disk and its messages, then restart"
                  + " the agent.",
              e);
      broken = cause;
      group.stream().filter(request -> !request.failed()).forEach(r -> r.fail(cause));
    }
  }
}
