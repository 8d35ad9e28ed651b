package dev.sandpiper.edge.queue;

import dev.sandpiper.edge.store.Tx;

/// Is told of jobs that are parked without having been handed out again, because the agent kept
/// ending during them: no work is under way that could say so of what the job was for.
public interface AbandonedWatch {

  /// Called in the transaction that parks the job, on the writer thread.
  void abandoned(Tx tx, Job job, String reason);
}
