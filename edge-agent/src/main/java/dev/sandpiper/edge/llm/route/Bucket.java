package dev.sandpiper.edge.llm.route;

import java.time.Duration;
import java.time.Instant;

/// So much a minute, as a bucket that is full at first and fills by itself. Not safe for use by
/// several threads.
final class Bucket {

  private static final double MILLIS = 60_000;

  private final double perMinute;
  private double level;
  private Instant filled;

  /// @param perMinute 0: no limit
  Bucket(long perMinute, Instant now) {
    this.perMinute = perMinute;
    this.level = perMinute;
    this.filled = now;
  }

  /// How long until so much may be taken. What is more than the whole bucket may be taken when that
  /// is full: it would else never be.
  Duration untilThereIs(long amount, Instant now) {
    if (perMinute == 0) {
      return Duration.ZERO;
    }
    fill(now);
    double lacking = Math.min((double) amount, perMinute) - level;
    return lacking <= 0
        ? Duration.ZERO
        : Duration.ofMillis((long) Math.ceil(lacking / perMinute * MILLIS));
  }

  void take(long amount) {
    level -= amount;
  }

  /// Puts back what was taken and not used; a negative amount takes more.
  void giveBack(long amount) {
    level = Math.min(perMinute, level + amount);
  }

  /// A clock that was set back fills nothing.
  private void fill(Instant now) {
    long millis = Math.max(0, Duration.between(filled, now).toMillis());
    level = Math.min(perMinute, level + millis / MILLIS * perMinute);
    filled = now;
  }
}
