package dev.sandpiper.standin;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// What a test needs of the machine: missing on a developer's it skips and says so, missing in CI
/// it fails. The only way for a test to skip itself; the edge's `ArchitectureTest` sees to that.
public final class Needed {

  private Needed() {}

  /// Ends the test unless `present`.
  ///
  /// @param what what is needed, and how to get it
  public static void that(boolean present, String what) {
    if (present) {
      return;
    }
    if ("true".equals(System.getenv("CI"))) {
      Assertions.fail("CI must have what every test needs: " + what);
    }
    System.err.println("NOT TESTED: " + what);
    Assumptions.abort(what);
  }
}
