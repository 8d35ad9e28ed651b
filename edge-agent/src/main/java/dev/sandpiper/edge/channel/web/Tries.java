package dev.sandpiper.edge.channel.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/// Wrong tries: a few at once, then one now and then. Counted for everybody together: behind a
/// tunnel all come from one address.
public final class Tries {

  private static final int AT_ONCE = 10;
  private static final Duration EACH = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private Instant emptyAt = Instant.EPOCH;

  public Tries(InstantSource clock) {
    this.clock = clock;
  }

  /// How long until another try is heard; zero when one is now.
  public Duration pause() {
    lock.lock();
    try {
      Duration over =
          Duration.between(clock.instant(), emptyAt).minus(EACH.multipliedBy(AT_ONCE - 1));
      return over.isPositive() ? over : Duration.ZERO;
    } finally {
      lock.unlock();
    }
  }

  /// Somebody tried in vain.
  public void failed() {
    Instant now = clock.instant();
    lock.lock();
    try {
      emptyAt = (emptyAt.isBefore(now) ? now : emptyAt).plus(EACH);
    } finally {
      lock.unlock();
    }
  }
}
