package dev.sandpiper.edge;

import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstControl;
import dev.sandpiper.edge.burst.Turnstile;
import dev.sandpiper.edge.health.CheckResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Where parsing happens, with what the other parts need to know of it.
///
/// @param backend takes the tasks
/// @param split when splitting a document pays now
/// @param turnstile how many jobs may be begun
/// @param control opens and closes the way to the cloud; empty: there is none
/// @param checks how it stands
/// @param cloud the cloud itself; empty: there is none
record Bursts(
    BurstBackend backend,
    Supplier<SplitPolicy> split,
    Turnstile turnstile,
    Optional<BurstControl> control,
    Supplier<List<CheckResult>> checks,
    Optional<Cloud> cloud)
    implements AutoCloseable {

  /// What the cloud needs beside tasks.
  interface Cloud extends AutoCloseable {

    /// Is run once the agent takes documents, on a thread of its own; may take long.
    void cleanUp();

    @Override
    void close();
  }

  /// Workers on this machine only.
  static Bursts local(BurstBackend workers) {
    SplitPolicy split = Wiring.splitPolicy(workers.slots());
    return new Bursts(
        workers,
        () -> split,
        Turnstile.OPEN,
        Optional.empty(),
        () -> List.of(workers.check()),
        Optional.empty());
  }

  /// Lets the cloud go; the workers are the caller's.
  @Override
  public void close() {
    cloud.ifPresent(Cloud::close);
  }
}
