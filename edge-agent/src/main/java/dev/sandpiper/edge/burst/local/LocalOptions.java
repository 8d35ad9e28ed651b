package dev.sandpiper.edge.burst.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How local workers are run.
///
/// @param functionZip the function package; unpacked once per content
/// @param handler the function in it
/// @param runtimeClasspath jars of AWS's runtime client and of the worker's own start class
/// @param jvmOptions file with the worker JVMs' flags
/// @param stateDir folder for unpacked functions, AOT caches and the workers' private folders; on
///   the file system of the documents, so that they can be linked
/// @param javaHome the JDK or JRE workers run on
/// @param sandbox how workers are confined
/// @param aotCache whether an AOT cache is built, in the background, and used
/// @param limits bounds on workers
public record LocalOptions(
    Path functionZip,
    String handler,
    List<Path> runtimeClasspath,
    Path jvmOptions,
    Path stateDir,
    Path javaHome,
    SandboxMode sandbox,
    boolean aotCache,
    WorkerLimits limits) {

  /// The parsing function's handler.
  public static final String PARSE_HANDLER = "dev.sandpiper.functions.ParseHandler::handleRequest";

  public LocalOptions {
    runtimeClasspath = List.copyOf(runtimeClasspath);
    if (runtimeClasspath.isEmpty()) {
      throw new IllegalArgumentException(
          "runtimeClasspath is empty: name the jars of the Lambda runtime client");
    }
  }

  /// Bounds on workers.
  ///
  /// @param workers most at once
  /// @param heapMb Java heap of each, in MiB
  /// @param nativeMb what each may use beside its heap before it is ended, in MiB
  /// @param idleTimeout after which an unused worker is ended
  /// @param startTimeout for a worker to ask for its first task
  /// @param grace beyond a task's wall time before its worker is killed: time for the function's
  ///   own answer
  /// @param cpuTime most CPU time of one task
  /// @param maxResultBytes largest result, and most bytes of temporary files
  /// @param maxTasks after which a worker is replaced
  public record WorkerLimits(
      int workers,
      int heapMb,
      int nativeMb,
      Duration idleTimeout,
      Duration startTimeout,
      Duration grace,
      Duration cpuTime,
      long maxResultBytes,
      int maxTasks) {

    public WorkerLimits {
      if (workers < 1 || heapMb < 16 || nativeMb < 64 || maxResultBytes < 1 || maxTasks < 1) {
        throw new IllegalArgumentException(
            "workers need workers >= 1, heapMb >= 16, nativeMb >= 64, maxResultBytes >= 1 and"
                + " maxTasks >= 1");
      }
    }

    /// Sized for a machine: one worker per core as far as half the memory goes, 256 MiB heap where
    /// that leaves room for two and 128 MiB where not.
    ///
    /// @param cores processors
    /// @param memoryBytes memory of the machine
    public static WorkerLimits sized(int cores, long memoryBytes) {
      long halfMb = (memoryBytes / 2) >> 20;
      int heapMb = halfMb >= 2 * (256 + 128) ? 256 : 128;
      int workers = Math.clamp(halfMb / (heapMb + 128), 1, Math.max(1, cores));
      return new WorkerLimits(
          workers,
          heapMb,
          384,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofMillis(300),
          Duration.ofMinutes(10),
          2L << 30,
          500);
    }
  }
}
