package dev.sandpiper.edge.burst.local;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The agent's end of one worker's Runtime API: hands out at most one invocation at a time and
/// takes its answer. Safe for use by several threads.
final class ApiSession {

  /// Delivers an invocation to a waiting poll.
  interface Poll extends Consumer<Invocation> {}

  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private @Nullable Poll poll;
  private @Nullable Invocation current;
  private @Nullable Outcome end;

  /// Completes when the worker asks for its first task, or exceptionally when it cannot.
  CompletableFuture<Void> ready() {
    return ready;
  }

  /// Whether the worker has ended.
  synchronized boolean ended() {
    return end != null;
  }

  /// Gives the worker an invocation as soon as it asks.
  void submit(Invocation invocation) {
    Poll waiting;
    synchronized (this) {
      if (end != null) {
        invocation.outcome().complete(end);
        return;
      }
      if (current != null) {
        throw new IllegalStateException("the worker is busy");
      }
      current = invocation;
      waiting = poll;
      poll = null;
    }
    if (waiting != null) {
      deliver(waiting, invocation);
    }
  }

  /// The worker asks for the next task.
  void next(Poll asking) {
    Invocation invocation;
    synchronized (this) {
      invocation = current;
      if (invocation == null || invocation.delivered().isDone()) {
        poll = asking;
        invocation = null;
      }
    }
    ready.complete(null);
    if (invocation != null) {
      deliver(asking, invocation);
    }
  }

  /// The worker answers `requestId`. Answers to anything but the current task are dropped.
  void answer(String requestId, Outcome outcome) {
    Invocation invocation;
    synchronized (this) {
      if (current == null || !current.requestId().equals(requestId)) {
        return;
      }
      invocation = current;
      current = null;
    }
    invocation.outcome().complete(outcome);
  }

  /// The worker cannot start its function.
  void initFailed(String error) {
    ready.completeExceptionally(new IllegalStateException(error));
  }

  /// The worker's process has ended.
  void exited(int exitCode) {
    Invocation invocation;
    Outcome outcome = new Outcome.Exited(exitCode);
    synchronized (this) {
      end = outcome;
      poll = null;
      invocation = current;
      current = null;
    }
    ready.completeExceptionally(new IllegalStateException("it ended with exit code " + exitCode));
    if (invocation != null) {
      invocation.outcome().complete(outcome);
    }
  }

  private static void deliver(Poll poll, Invocation invocation) {
    invocation.delivered().complete(true);
    poll.accept(invocation);
  }
}
