package dev.sandpiper.edge.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Exponential backoff with full jitter: a random time up to a bound that doubles, so that jobs
/// that failed together do not come back together.
record Backoff(Duration base, Duration max, Duration maxRetryAfter, RandomGenerator random) {

  /// How long to wait after `failures` failures, never less than the far side asked for.
  Duration after(int failures, @Nullable Duration retryAfter) {
    int doublings = Math.clamp(failures - 1, 0, 30);
    long bound = Math.min(max.toMillis(), base.toMillis() << doublings);
    long jitter = bound == 0 ? 0 : random.nextLong(bound + 1);
    if (retryAfter == null || retryAfter.isNegative()) {
      return Duration.ofMillis(jitter);
    }
    long asked = Math.min(retryAfter.toMillis(), maxRetryAfter.toMillis());
    // The jitter comes on top: everyone who was told "60 seconds" was told so at once.
    return Duration.ofMillis(asked + Math.min(jitter, base.toMillis()));
  }
}
