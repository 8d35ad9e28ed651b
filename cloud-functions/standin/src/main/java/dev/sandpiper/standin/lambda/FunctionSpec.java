package dev.sandpiper.standin.lambda;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// A function to be hosted.
///
/// @param zip the deployable package
/// @param handler `package.Class::method`
/// @param environment added to Lambda's own; flags of the JVM go into `JAVA_TOOL_OPTIONS`
/// @param settings its limits
public record FunctionSpec(
    String name, Path zip, String handler, Map<String, String> environment, Settings settings) {

  public FunctionSpec {
    environment = Map.copyOf(environment);
  }

  /// @param timeout longest run; the process is killed then
  /// @param concurrency most at once; more is throttled
  /// @param memoryMb of the heap
  /// @param snapStart whether processes go through checkpoint and restore before their first task
  public record Settings(Duration timeout, int concurrency, int memoryMb, boolean snapStart) {

    /// 60 seconds, two at once, 256 MB.
    public static final Settings DEFAULT = new Settings(Duration.ofMinutes(1), 2, 256, false);

    private static final int MOST_CONCURRENCY = 1000;
    private static final int LEAST_MEMORY_MB = 32;

    public Settings {
      if (timeout.isNegative()
          || timeout.isZero()
          || timeout.compareTo(Duration.ofMinutes(15)) > 0) {
        throw new IllegalArgumentException("a timeout is at most 15 minutes, not " + timeout);
      }
      if (concurrency < 0 || concurrency > MOST_CONCURRENCY) {
        throw new IllegalArgumentException("concurrency is 0 to 1000, not " + concurrency);
      }
      if (memoryMb < LEAST_MEMORY_MB) {
        throw new IllegalArgumentException("memory is at least 32 MB, not " + memoryMb);
      }
    }
  }
}
