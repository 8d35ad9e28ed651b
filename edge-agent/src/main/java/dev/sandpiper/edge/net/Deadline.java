package dev.sandpiper.edge.net;

import java.time.Duration;

/// A moment after which nobody waits any longer.
record Deadline(long nanos) {

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  Deadline orSooner(Duration time) {
    Deadline other = in(time);
    return other.nanos - nanos < 0 ? other : this;
  }

  /// At least zero.
  long left() {
    return Math.max(0, nanos - System.nanoTime());
  }

  boolean isOver() {
    return nanos - System.nanoTime() <= 0;
  }
}
