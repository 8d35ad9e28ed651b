package dev.sandpiper.edge.llm.route;

import java.time.Duration;

/// Lets time pass for a thread.
@FunctionalInterface
public interface Pause {

  /// Really.
  Pause REAL = Thread::sleep;

  /// Returns after that long.
  void rest(Duration time) throws InterruptedException;
}
