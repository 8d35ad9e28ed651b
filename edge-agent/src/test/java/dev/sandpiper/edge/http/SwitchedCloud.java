package dev.sandpiper.edge.http;

import dev.sandpiper.edge.burst.BurstControl;
import dev.sandpiper.edge.burst.BurstStatus;

/// A way to the cloud with nothing on it.
final class SwitchedCloud implements BurstControl {

  private BurstStatus.State state = BurstStatus.State.WORKING;

  @Override
  public BurstStatus status() {
    return new BurstStatus("overflow", state, 0, 8, 64, null, null);
  }

  @Override
  public BurstStatus drain() {
    state = BurstStatus.State.DRAINED;
    return status();
  }

  @Override
  public BurstStatus resume() {
    state = BurstStatus.State.WORKING;
    return status();
  }
}
