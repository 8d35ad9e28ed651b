package dev.sandpiper.functions;

import dev.sandpiper.contract.Usage;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Measures one request: wall time by the given clock, CPU time of the whole process.
final class Stopwatch {

  private static final long LEAST_MILLIS = 150;

  private final LongSupplier nanos;
  private final long startNanos;
  private final Duration startCpu;
  private final boolean coldStart;

  Stopwatch(LongSupplier nanos, boolean coldStart) {
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
    this.startCpu = cpu();
    this.coldStart = coldStart;
  }

  boolean passed(long millis) {
    return wallMillis() >= millis;
  }

  /// What is left of `millis`: at least enough for one call.
  Duration left(long millis) {
    return Duration.ofMillis(Math.max(LEAST_MILLIS, millis - wallMillis()));
  }

  long wallMillis() {
    return (nanos.getAsLong() - startNanos) / 1_000_000;
  }

  Usage usage(long bytesIn, int pages) {
    long cpuMillis = cpu().minus(startCpu).toMillis();
    return new Usage(wallMillis(), Math.max(0, cpuMillis), bytesIn, pages, coldStart);
  }

  /// One read of the process table: the management beans would cost a cold start 20 ms.
  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
