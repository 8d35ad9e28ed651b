package dev.sandpiper.edge.burst.local;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/// What a test needs of the machine: missing on a developer's it skips, missing in CI it fails.
final class Needed {

  private Needed() {}

  static void sandbox(SandboxMode mode) {
    try {
      SandboxProbe.find(mode);
    } catch (IOException e) {
      if ("true".equals(System.getenv("CI"))) {
        fail(String.valueOf(e.getMessage()));
      }
      Assumptions.abort(String.valueOf(e.getMessage()));
    }
  }
}
