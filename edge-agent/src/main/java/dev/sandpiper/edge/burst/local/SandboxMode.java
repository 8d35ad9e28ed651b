package dev.sandpiper.edge.burst.local;

/// How workers are confined.
public enum SandboxMode {
  /// The best that works here.
  AUTO,
  /// bubblewrap: no network, read-only root, private folders.
  BWRAP,
  /// unshare: no network.
  UNSHARE,
  /// Limits only.
  NONE
}
