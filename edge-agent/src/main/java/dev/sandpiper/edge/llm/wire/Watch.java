package dev.sandpiper.edge.llm.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Keeps a call's times. The call runs on a thread of its own, so that a time that runs out and an
/// interrupt from outside are never taken for each other.
public final class Watch {

  /// How long a call that was cancelled may take to let go.
  private static final Duration LETS_GO = Duration.ofSeconds(5);

  private final ModelTimes times;
  private final Growing answer;
  private final long start = System.nanoTime();

  private Watch(ModelTimes times, Growing answer) {
    this.times = times;
    this.answer = answer;
  }

  /// A call; interrupting its thread must end it.
  public interface Work {
    /// Makes the answer grow until it is whole.
    void run() throws IOException, InterruptedException;
  }

  /// Runs a call and returns when it has ended.
  ///
  /// @throws IOException what the call threw, or that one of its times ran out
  /// @throws InterruptedException when this thread is interrupted; the call is cancelled
  public static void over(ModelTimes times, Growing answer, Work work)
      throws IOException, InterruptedException {
    new Watch(times, answer).run(work);
  }

  private void run(Work work) throws IOException, InterruptedException {
    FutureTask<Boolean> call =
        new FutureTask<>(() -> {
          work.run();
          return true;
        });
    Thread worker = Thread.ofVirtual().name("model-call").start(call);
    try {
      while (!ended(call)) {
        complain();
      }
    } finally {
      call.cancel(true);
      letGo(worker);
    }
  }

  private boolean ended(FutureTask<Boolean> call) throws IOException, InterruptedException {
    try {
      return call.get(Math.max(1, nap()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException bug -> throw bug;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException("a call was interrupted", e);
      }
    }
  }

  /// Until something may be late. The answer may begin meanwhile, and then stall.
  private long nap() {
    return answer.begun() ? left() : Math.min(left(), times.stall().toNanos());
  }

  private long left() {
    long now = System.nanoTime();
    long next =
        answer.begun()
            ? answer.heard() + times.stall().toNanos() - now
            : start + times.firstToken().toNanos() - now;
    return Math.min(next, start + times.total().toNanos() - now);
  }

  private void complain() throws LateException {
    if (left() > 0) {
      return;
    }
    if (System.nanoTime() - start >= times.total().toNanos()) {
      throw new LateException("has not ended its answer within " + words(times.total()));
    }
    throw new LateException(
        answer.begun()
            ? "has said nothing for " + words(times.stall()) + " in the middle of its answer"
            : "has not begun to answer within " + words(times.firstToken()));
  }

  private static String words(Duration time) {
    return time.toSeconds() > 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private static void letGo(Thread worker) {
    boolean interrupted = false;
    long end = System.nanoTime() + LETS_GO.toNanos();
    for (long left = LETS_GO.toNanos(); left > 0; left = end - System.nanoTime()) {
      try {
        worker.join(Duration.ofNanos(left));
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
