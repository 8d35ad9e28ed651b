package dev.sandpiper.edge.queue;

/// Why an attempt did not end its job.
public enum FailureKind {
  /// Something that may be different next time.
  TRANSIENT,
  /// The worker died over it: out of memory, a crash, the deadline.
  WORKER_KILLED
}
