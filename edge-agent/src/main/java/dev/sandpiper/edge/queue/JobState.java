package dev.sandpiper.edge.queue;

/// How a job stands.
public enum JobState {
  /// It can be claimed when it is due.
  READY,
  /// A lease is out on it. After the agent has died it can be claimed at once.
  RUNNING,
  /// It waits for its parts.
  WAITING,
  /// It has ended; the outcome says how.
  DONE,
  /// It will not be tried again unless an operator resumes it; the reason says why.
  PARKED,
  /// An operator ended it.
  CANCELLED;

  /// Whether nothing more happens to it.
  public boolean isFinal() {
    return this == DONE || this == CANCELLED;
  }
}
