package dev.sandpiper.edge.burst;

/// Opens and closes the way to the cloud while the agent runs.
public interface BurstControl {

  /// How it stands.
  BurstStatus status();

  /// Gives the cloud no more work until [#resume], across restarts; what is there is finished.
  BurstStatus drain();

  /// Gives it work again, at once.
  BurstStatus resume();
}
