package dev.sandpiper.edge.burst.local;

import dev.sandpiper.edge.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// Options for tests, over what the build has put into `target/dist`.
final class LocalWorkers {

  static final Journal JOURNAL = new Journal(System.err, InstantSource.system());

  private static final Path DIST = Path.of(System.getProperty("sandpiper.dist", "target/dist"));

  private LocalWorkers() {}

  static LocalOptions parsing(Path state, SandboxMode sandbox) throws IOException {
    try (Stream<Path> files = Files.list(DIST.resolve("function"))) {
      Path zip = files.filter(file -> file.toString().endsWith(".zip")).findFirst().orElseThrow();
      return options(zip.toAbsolutePath(), LocalOptions.PARSE_HANDLER, state, sandbox);
    }
  }

  static LocalOptions options(Path zip, String handler, Path state, SandboxMode sandbox)
      throws IOException {
    List<Path> runtime;
    try (Stream<Path> jars = Files.list(DIST.resolve("ric"))) {
      runtime = jars.sorted().map(Path::toAbsolutePath).toList();
    }
    return new LocalOptions(
        zip,
        handler,
        runtime,
        Path.of("src/main/dist/worker.jvm.options").toAbsolutePath(),
        state,
        Path.of(System.getProperty("java.home")),
        sandbox,
        false,
        limits());
  }

  static LocalOptions.WorkerLimits limits() {
    return new LocalOptions.WorkerLimits(
        2,
        128,
        384,
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Duration.ofMillis(500),
        Duration.ofSeconds(20),
        64L << 20,
        500);
  }
}
