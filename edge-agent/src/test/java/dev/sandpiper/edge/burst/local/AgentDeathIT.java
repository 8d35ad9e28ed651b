package dev.sandpiper.edge.burst.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.burst.misbehaving.MisbehavingHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An agent that is killed takes its workers along, however they resist.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AgentDeathIT {

  private static final Duration STARTED = Duration.ofSeconds(90);
  private static final Duration GONE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"BWRAP", "UNSHARE", "NONE"})
  void killedAgentLeavesNoWorkerAndItsFoldersGoAtTheNextStart(SandboxMode mode) throws Exception {
    NeededSandbox.of(mode);
    Path state = folder.resolve("state");
    Path sockets = Files.createDirectory(folder.resolve("sockets"));
    Process agent = agent(mode, sockets);
    List<ProcessHandle> workers;
    try {
      Awaited.that(
          "the worker is busy, or the agent has ended",
          STARTED,
          () -> WorkerLimitsIT.begun(state) || !agent.isAlive());
      workers = agent.descendants().toList();
    } finally {
      agent.destroyForcibly().waitFor();
    }

    assertThat(workers).as(Files.readString(folder.resolve("log"))).hasSizeGreaterThanOrEqualTo(2);
    try {
      Awaited.that(
          "all its processes are gone",
          GONE,
          () -> workers.stream().noneMatch(ProcessHandle::isAlive));
    } finally {
      workers.forEach(ProcessHandle::destroyForcibly);
    }
    Leftovers.sweep(state.resolve("workers"), "");
    Leftovers.sweep(sockets, WorkerFactory.SOCKETS_PREFIX);
    assertThat(state.resolve("workers")).isEmptyDirectory();
    assertThat(sockets).isEmptyDirectory();
  }

  private Process agent(SandboxMode mode, Path sockets) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + sockets,
            "-Dsandpiper.dist=" + System.getProperty("sandpiper.dist", "target/dist"),
            "-cp",
            System.getProperty("java.class.path"),
            Agent.class.getName(),
            folder.toString(),
            mode.name())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  /// The agent's part in it: one task that never ends.
  static final class Agent {

    private Agent() {}

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[0]);
      Path zip = FunctionZips.misbehaving(folder);
      try (LocalBackend backend =
          new LocalBackend(
              LocalWorkers.options(
                  zip,
                  MisbehavingHandler.NAME,
                  folder.resolve("state"),
                  SandboxMode.valueOf(args[1])),
              Clock.systemUTC(),
              LocalWorkers.JOURNAL)) {
        backend.run(WorkerLimitsIT.task(folder, "cling"));
      }
    }
  }
}
