package dev.sandpiper.edge.channel.telegram;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Waits between attempts: longer after each failure, at a random time within, and not at all once
/// the channel is closed.
final class Backoff {
  static final Duration BASE = Duration.ofSeconds(1);

  private final CountDownLatch closed = new CountDownLatch(1);
  private final RandomGenerator random;
  private final Duration base;
  private int failures;

  /// @param base the longest wait after the first failure
  Backoff(RandomGenerator random, Duration base) {
    this.random = random;
    this.base = base;
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  void close() {
    closed.countDown();
  }

  /// It went well.
  void reset() {
    failures = 0;
  }

  /// Waits after a failure.
  ///
  /// @param longest of any wait
  void fail(Duration longest) throws InterruptedException {
    long most = Math.min(base.toMillis() << Math.min(failures++, 20), longest.toMillis());
    pause(Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1)));
  }

  void pause(Duration wait) throws InterruptedException {
    boolean ends = closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    if (ends) {
      failures = 0;
    }
  }
}
