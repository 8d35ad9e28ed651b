package dev.sandpiper.edge.burst;

/// Why a far backend did not take a task.
public enum Fault {
  /// It cannot be reached.
  NETWORK,
  /// It does not know this machine, or no longer.
  CREDENTIALS,
  /// This machine's clock is so wrong that it is not believed.
  CLOCK,
  /// It has enough to do.
  THROTTLED,
  /// This machine may not do it.
  DENIED,
  /// Something it needs, or the task's result, is not there.
  MISSING,
  /// A defect on the way there.
  INTERNAL;

  /// Whether every other task would meet it as well; else it may be the task's own.
  public boolean othersToo() {
    return switch (this) {
      case NETWORK, CREDENTIALS, CLOCK, DENIED, THROTTLED -> true;
      case MISSING, INTERNAL -> false;
    };
  }
}
