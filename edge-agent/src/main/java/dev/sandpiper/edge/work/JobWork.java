package dev.sandpiper.edge.work;

import dev.sandpiper.edge.queue.Lease;
import java.util.Set;

/// The work behind some kinds of job.
public interface JobWork {

  /// The kinds of job it does.
  Set<String> kinds();

  /// Does one job to its end: finishes, retries, parks or splits the lease. A stale lease must
  /// change nothing.
  ///
  /// @throws InterruptedException when the lane is interrupted: the agent stops, or the job was
  ///   cancelled
  void run(Lease lease) throws InterruptedException;
}
