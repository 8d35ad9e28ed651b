package dev.sandpiper.edge.queue;

/// What became of a job after a failed attempt.
public enum Disposition {
  /// Nothing: the lease is not the newest any more.
  STALE,
  /// It will be tried again.
  RETRYING,
  /// It waits for an operator, and so does its parent.
  PARKED
}
