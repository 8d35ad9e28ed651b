package dev.sandpiper.edge;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// What a test needs of the machine: missing on a developer's it skips and says so, missing in CI
/// it fails. The only way for a test to skip itself; `ArchitectureTest` sees to that.
public final class Needed {

  private Needed() {}

  /// Ends the test unless `present`.
  ///
  /// @param what what is needed, and how to get it
  public static void that(boolean present, String what) {
    that(present, what, "true".equals(System.getenv("CI")));
  }

  static void that(boolean present, String what, boolean ci) {
    if (present) {
      return;
    }
    if (ci) {
      Assertions.fail("CI must have what every test needs: " + what);
    }
    System.err.println("NOT TESTED: " + what);
    Assumptions.abort(what);
  }

  /// Ends the test unless `command` succeeds.
  public static void command(String what, String... command)
      throws IOException, InterruptedException {
    that(succeeds(command), what + " (" + String.join(" ", command) + ")");
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      return false; // there is no such program
    }
  }
}
