package dev.sandpiper.edge.queue;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Measures the queue: `disk FOLDER STAT` prints what a job costs the device (`STAT` is
/// `/sys/block/loopN/stat` of the file system that holds `FOLDER`), `restart FOLDER [JOBS]` how
/// soon after exec the first of many queued jobs is claimed.
final class QueueBench {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private final Database database;
  private final JobQueue queue;

  private QueueBench(Path file, Path nativeDir) {
    database = Database.open(file, DatabaseOptions.defaults().withNativeDir(nativeDir));
    queue = new JobQueue(database, QueueOptions.defaults(), Clock.systemUTC(), new Random(1));
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    switch (args[0]) {
      case "disk" -> disk(folder, Path.of(args[2]));
      case "restart" -> restart(folder, args.length > 2 ? Integer.parseInt(args[2]) : 100_000);
      case "claim" -> claim(folder);
      default -> throw new IllegalArgumentException("disk or restart, not " + args[0]);
    }
  }

  private static void disk(Path folder, Path stat) throws Exception {
    QueueBench bench =
        new QueueBench(folder.resolve("bench.db"), Files.createTempDirectory("native"));
    bench.burst(
        32, 300); // until the log has its full length, as in an agent that has run for a while
    bench.measure("alone, 25 ms apart", 200, stat, bench::alone);
    bench.measure("bursts of 8", 640, stat, jobs -> bench.burst(8, jobs / 8));
    bench.measure("bursts of 32", 1280, stat, jobs -> bench.burst(32, jobs / 32));
    bench.database.close();
  }

  private void measure(String name, int jobs, Path stat, IntConsumer work) throws Exception {
    long[] before = read(stat);
    long start = System.nanoTime();
    work.accept(jobs);
    double seconds = (System.nanoTime() - start) / 1e9;
    long[] after = read(stat);
    OUT.printf(
        Locale.ROOT,
        "%-20s %5d jobs  %6.2f KB  %5.2f flushes  %5.2f writes per job  (%.1f s)%n",
        name,
        jobs,
        (after[6] - before[6]) * 512 / 1024.0 / jobs,
        (double) (after[15] - before[15]) / jobs,
        (double) (after[4] - before[4]) / jobs,
        seconds);
  }

  private void alone(int jobs) {
    for (int i = 0; i < jobs; i++) {
      enqueue();
      pause();
      Lease lease = queue.claim().orElseThrow();
      pause();
      finish(lease);
      pause();
    }
  }

  private void burst(int size, int bursts) {
    try (ExecutorService callers = Executors.newFixedThreadPool(size)) {
      for (int burst = 0; burst < bursts; burst++) {
        together(callers, size, this::enqueue);
        List<Lease> leases = new ArrayList<>();
        together(
            callers,
            size,
            () -> {
              Lease lease = queue.claim().orElseThrow();
              synchronized (leases) {
                leases.add(lease);
              }
            });
        together(
            callers,
            size,
            () -> {
              Lease lease;
              synchronized (leases) {
                lease = leases.removeLast();
              }
              finish(lease);
            });
      }
    }
  }

  private static void together(ExecutorService callers, int size, Runnable work) {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      running.add(callers.submit(work));
    }
    for (Future<?> one : running) {
      try {
        one.get();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void enqueue() {
    String subject = Long.toHexString(System.nanoTime()).repeat(4);
    database.<Long>write(tx ->
        queue.enqueue(
            tx, NewJob.of("parse", Priority.CHAT, subject, "{\"name\":\"scan-0001.pdf\"}")));
  }

  private void finish(Lease lease) {
    database.<Boolean>write(tx -> queue.finish(tx, lease, "{\"type\":\"parsed\",\"pages\":3}"));
  }

  private static void restart(Path folder, int jobs) throws Exception {
    Path file = folder.resolve("restart.db");
    Path natives = Files.createDirectories(folder.resolve("native"));
    QueueBench bench = new QueueBench(file, natives);
    for (int done = 0; done < jobs; done += 1000) {
      bench.database.<@Nullable Void>write(tx -> {
        for (int i = 0; i < 1000; i++) {
          bench.queue.enqueue(
              tx, NewJob.of("parse", Priority.BULK, "ab".repeat(32), "{\"name\":\"a.pdf\"}"));
        }
        return null;
      });
    }
    bench.database.close();
    for (int round = 0; round < 5; round++) {
      OUT.printf(
          Locale.ROOT,
          "first claim of %d queued jobs %d ms after exec%n",
          jobs,
          timeToClaim(folder));
    }
  }

  private static long timeToClaim(Path folder) throws IOException, InterruptedException {
    // A cold start, when we may drop the page cache.
    new ProcessBuilder("sh", "-c", "sync; echo 3 > /proc/sys/vm/drop_caches")
        .redirectErrorStream(true)
        .start()
        .waitFor();
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                QueueBench.class.getName(),
                "claim",
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      if (line == null || !line.startsWith("claimed")) {
        throw new IllegalStateException("no claim: " + line);
      }
      return (System.nanoTime() - start) / 1_000_000;
    } finally {
      process.waitFor();
    }
  }

  private static void claim(Path folder) {
    QueueBench bench = new QueueBench(folder.resolve("restart.db"), folder.resolve("native"));
    OUT.println("claimed " + bench.queue.claim().orElseThrow().job().id());
    bench.database.close();
  }

  private static long[] read(Path stat) throws Exception {
    new ProcessBuilder("sync").start().waitFor();
    String[] fields = Files.readString(stat).strip().split("\\s+", -1);
    long[] numbers = new long[fields.length];
    for (int i = 0; i < fields.length; i++) {
      numbers[i] = Long.parseLong(fields[i]);
    }
    return numbers;
  }

  private static void pause() {
    try {
      Thread.sleep(25);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
