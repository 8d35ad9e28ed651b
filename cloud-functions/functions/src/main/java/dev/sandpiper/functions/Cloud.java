package dev.sandpiper.functions;

/// What a function has of the cloud it runs in.
public interface Cloud {

  /// S3.
  ObjectStore objects();

  /// The devices' result queues.
  ResultQueue results();

  /// The queue that batches come from.
  JobQueue jobs();

  /// Runs the code of every call once without touching the network, so that a snapshot holds it.
  void prime();

  /// Begins anew with connections and credentials: after a snapshot those of the old life are void.
  void refresh();
}
