package dev.sandpiper.edge.burst.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What a worker's processes use right now.
///
/// @param cpu CPU time since they started
/// @param rssBytes memory they hold
record Vitals(Duration cpu, long rssBytes) {

  private static final long PAGE = 4096;

  /// Reads the process table for `process` and everything it started.
  static Vitals of(ProcessHandle process) {
    List<ProcessHandle> tree = Stream.concat(Stream.of(process), process.descendants()).toList();
    Duration cpu = Duration.ZERO;
    long rss = 0;
    for (ProcessHandle one : tree) {
      cpu = cpu.plus(one.info().totalCpuDuration().orElse(Duration.ZERO));
      rss += rss(one.pid());
    }
    return new Vitals(cpu, rss);
  }

  private static long rss(long pid) {
    try {
      String[] fields = Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ", 3);
      return Long.parseLong(fields[1]) * PAGE;
    } catch (IOException | NumberFormatException _) {
      // The process has just ended, or this is no Linux: it holds nothing that could be counted.
      return 0;
    }
  }
}
