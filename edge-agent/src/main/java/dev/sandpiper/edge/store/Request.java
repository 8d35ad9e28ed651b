package dev.sandpiper.edge.store;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// One caller's transaction on its way through the writer thread.
final class Request<T extends @Nullable Object> {

  /// What the caller waits for.
  enum Kind {
    /// A transaction that is on the disk.
    DURABLE,
    /// A transaction that survives the process.
    LAZY,
    /// Maintenance outside any transaction.
    ALONE
  }

  private final Kind kind;
  private final Work<T> work;
  private final CountDownLatch done = new CountDownLatch(1);
  private @Nullable T result;
  private @Nullable Throwable failure;
  private List<Runnable> afterCommit = List.of();

  Request(Kind kind, Work<T> work) {
    this.kind = kind;
    this.work = work;
  }

  Kind kind() {
    return kind;
  }

  boolean failed() {
    return failure != null;
  }

  /// Whether it failed because the disk is full.
  boolean foundDiskFull() {
    return failure instanceof StoreException e && e.code() == StoreException.Code.DISK_FULL;
  }

  /// Runs the work on the writer thread.
  void run(Session session) {
    result = work.run(session);
    afterCommit = session.takeAfterCommit();
  }

  void fail(Throwable cause) {
    failure = cause;
  }

  void complete() {
    done.countDown();
  }

  /// Waits on the caller's thread. An interrupt does not cut the wait short, because the commit can
  /// no longer be stopped; it is kept for later.
  @SuppressWarnings("NullAway") // result is what the work returned, null only if T allows it
  T await() {
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
    afterCommit.forEach(Runnable::run);
    return result;
  }
}
