package dev.sandpiper.edge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent that is told to stop while it starts ends at once, says nothing a person could not
/// read, and leaves nothing that the next start would stumble over.
class StopIT {

  private static final int POINTS = Boolean.getBoolean("sandpiper.proof") ? 200 : 15;

  /// Every third start finds a home where nothing is yet.
  private static final int STARTS_PER_HOME = 3;

  /// What README.md says of an agent that was told to stop.
  private static final int TOLD_TO_STOP = 143;

  /// On a machine that does other work too, 10 s cannot be told from its load.
  private static final Duration BOUND =
      Duration.ofSeconds(Boolean.getBoolean("sandpiper.proof") ? 10 : 60);

  @TempDir Path temp;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void aStartThatIsStoppedAnywhereEndsCleanly() throws Exception {
    long seed = Long.getLong("sandpiper.seed", 20_261_124L);
    SplittableRandom random = new SplittableRandom(seed);
    long startMillis = timeToReady(temp.resolve("home-calm"));
    Path home = temp;
    for (int point = 0; point < POINTS; point++) {
      if (point % STARTS_PER_HOME == 0) {
        assertNextStartWorks(home);
        home = temp.resolve("home-" + point);
      }
      // Spread over the whole start, and a little beyond it.
      long millis = (startMillis * point + random.nextLong(startMillis)) * 11 / 10 / POINTS;
      stopAfter(home, millis, "seed %d, point %d, after %d ms".formatted(seed, point, millis));
    }
    assertNextStartWorks(home);
    System.out.printf("SIGTERM: %d starts of %d ms stopped%n", POINTS, startMillis);
  }

  private static long timeToReady(Path home) throws Exception {
    long begin = System.nanoTime();
    try (AgentProcess agent = new AgentProcess(home, List.of())) {
      agent.start();
      agent.awaitReady();
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  private static void stopAfter(Path home, long millis, String when) throws Exception {
    AgentProcess agent = new AgentProcess(home, List.of());
    int said = agent.output().length();
    agent.start();
    TimeUnit.MILLISECONDS.sleep(millis);
    assertThat(agent.stop(BOUND)).as("exit code, %s", when).isEqualTo(TOLD_TO_STOP);
    agent.close();
    String output = agent.output().substring(said);
    // Told to stop before its modules are up, the JDK says in one line that it cannot log its end.
    assertThat(output.lines().filter(line -> !line.startsWith("Runtime.exit(")))
        .as("output, %s", when)
        .allSatisfy(line -> assertThat(line).startsWith("{").doesNotContain("\"level\":\"warn\""));
    assertNothingHalfMade(home, when);
    assertLockIsFree(home, when);
  }

  private static void assertNothingHalfMade(Path home, String when) throws IOException {
    try (var files = Files.walk(home)) {
      assertThat(files.map(file -> home.relativize(file).toString()))
          .as("files, %s", when)
          .noneMatch(name -> name.endsWith(".part") || name.endsWith("agent.json"));
    }
  }

  private static void assertLockIsFree(Path home, String when) throws IOException {
    Path lock = home.resolve("sandpiper.db.lock");
    if (Files.exists(lock)) {
      try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
          FileLock taken = channel.tryLock()) {
        assertThat(taken).as("lock, %s", when).isNotNull();
      }
    }
  }

  private void assertNextStartWorks(Path home) throws Exception {
    if (home.equals(temp)) {
      return; // no agent has been stopped yet
    }
    try (AgentProcess agent = new AgentProcess(home, List.of())) {
      agent.start();
      agent.awaitReady();
      byte[] text = "after the stop".getBytes(StandardCharsets.UTF_8);
      assertThat(agent.submit("after.txt", text)).isTrue();
    }
  }
}
