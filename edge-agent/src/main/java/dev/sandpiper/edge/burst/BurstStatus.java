package dev.sandpiper.edge.burst;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the way to the cloud stands.
///
/// @param mode when work goes there: `off`, `overflow` or `first`
/// @param state whether it goes there now
/// @param inFlight tasks that are there
/// @param share most tasks that are given to it at once, as it can take them
/// @param concurrency most tasks it may ever have at once
/// @param reason why it rests; `null` when it does not
/// @param retryAt when it is tried again; `null` when it does not rest
public record BurstStatus(
    String mode,
    State state,
    int inFlight,
    int share,
    int concurrency,
    @Nullable String reason,
    @Nullable Instant retryAt) {

  /// Whether work goes to the cloud.
  public enum State {
    /// Bursts are switched off.
    OFF,
    /// It is given work.
    WORKING,
    /// It could not be used and is left alone for a while; local workers do the work.
    RESTING,
    /// It gets no more work, and what is there is waited for.
    DRAINING,
    /// It gets no more work, and nothing is there.
    DRAINED
  }

  /// Of an agent without bursts.
  public static final BurstStatus OFF = new BurstStatus("off", State.OFF, 0, 0, 0, null, null);
}
