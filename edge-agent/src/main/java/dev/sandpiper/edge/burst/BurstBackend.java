package dev.sandpiper.edge.burst;

import dev.sandpiper.edge.health.CheckResult;

/// A place where parsing functions run.
public interface BurstBackend extends AutoCloseable {

  /// Its name in configuration and messages, for instance `local`.
  String name();

  /// How many tasks it runs at once.
  int slots();

  /// Runs one task and waits for its answer. Everything that can go wrong is in the answer: a
  /// crashed, stuck or bloated worker is a `Failed` with the code that says so.
  ///
  /// @throws InterruptedException when the caller is interrupted; the task's worker is then stopped
  BurstAnswer run(BurstTask task) throws InterruptedException;

  /// Whether it works, in words.
  CheckResult check();

  /// Stops every worker and waits for their end.
  @Override
  void close();
}
