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

  /// Settles a job whose [#run] broke off with a defect or a failing store: it is tried again
  /// later, or parked at its limit.
  ///
  /// @throws dev.sandpiper.edge.store.StoreException when the store still fails
  void failed(Lease lease, String reason);
}
