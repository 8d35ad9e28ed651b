package dev.sandpiper.edge.burst.local;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// Waits for what other processes do.
final class Awaited {

  private Awaited() {}

  /// Returns when `condition` holds.
  ///
  /// @throws AssertionError when it still does not after `most`
  static void that(String what, Duration most, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + most + ": " + what);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
