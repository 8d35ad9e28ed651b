package dev.sandpiper.edge.burst.local;

import dev.sandpiper.edge.Needed;
import java.io.IOException;

/// Ends a test where a sandbox cannot be had.
final class NeededSandbox {

  private NeededSandbox() {}

  static void of(SandboxMode mode) {
    String missing = "";
    try {
      SandboxProbe.find(mode);
    } catch (IOException e) {
      missing = String.valueOf(e.getMessage());
    }
    Needed.that(missing.isEmpty(), missing);
  }
}
