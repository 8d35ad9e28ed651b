package dev.sandpiper.edge.queue;

import dev.sandpiper.edge.store.Tx;
import org.jspecify.annotations.Nullable;

/// Is told of turns in a job's life within the transaction that makes them, on the writer thread,
/// so that what depends on the job changes with it or not at all. Of a family, the watch hears when
/// the whole ends, not of each part.
public interface JobWatch {

  /// A claim parks a job without handing it out again, because the agent kept ending during it: no
  /// work is under way that could say so of what the job was for. [#ended] follows.
  default void abandoned(Tx tx, Job job, String reason) {}

  /// A job is done, parked or cancelled.
  ///
  /// @param job as it was before; of a family, the part that ended it
  /// @param reason why it is parked; `null` otherwise
  default void ended(Tx tx, Job job, JobState state, @Nullable String reason) {}

  /// A parked job goes on.
  ///
  /// @param job as it was before
  default void resumed(Tx tx, Job job) {}
}
