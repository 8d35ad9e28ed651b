package dev.sandpiper.edge.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that works on the queue, again and again, and compares what it said with what is
/// there. Property `sandpiper.proof` makes it 200 times instead of 20.
@Timeout(1200)
class QueueKillIT {
  private static final int ROUNDS = Boolean.getBoolean("sandpiper.proof") ? 200 : 20;

  @TempDir Path folder;

  private final Set<String> accepted = new HashSet<>();
  private final Map<String, String> finished = new HashMap<>();

  @Test
  void nothingAcknowledgedIsLostAndNothingEndsTwice() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = 4711L + round;
      runAndKill(seed, 20 + new Random(seed).nextInt(250));
    }
    try (Database database = Database.open(file(), DatabaseOptions.defaults())) {
      Map<String, String> outcomes = new HashMap<>();
      database.read(tx ->
          tx.query(
              "SELECT subject, coalesce(outcome, '') FROM jobs",
              row -> outcomes.put(row.text(1), row.text(2))));
      assertThat(outcomes.keySet()).as("accepted jobs are there").containsAll(accepted);
      finished.forEach((subject, token) ->
          assertThat(outcomes.get(subject)).isEqualTo("{\"token\":" + token + "}"));
      List<String> effects =
          database.read(tx -> tx.query("SELECT label FROM batches", row -> row.text(1)));
      assertThat(effects).as("one effect each").doesNotHaveDuplicates();
      assertThat(new HashSet<>(effects))
          .as("an effect if and only if an outcome")
          .isEqualTo(
              new HashSet<>(
                  outcomes.entrySet().stream()
                      .filter(entry -> !entry.getValue().isEmpty())
                      .map(Map.Entry::getKey)
                      .toList()));
      assertThat(accepted).hasSizeGreaterThan(ROUNDS);
      assertThat(finished).hasSizeGreaterThan(ROUNDS);
      JobQueue queue =
          new JobQueue(database, QueueOptions.defaults(), Clock.systemUTC(), new Random(1));
      assertThat(queue.view().counts().get(JobState.PARKED)).isZero();
    }
  }

  private void runAndKill(long seed, int millis) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                QueueProcess.class.getName(),
                file().toString(),
                Long.toString(seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).as("seed " + seed).isEqualTo("ready");
      Thread killer =
          Thread.ofPlatform()
              .start(() -> {
                pause(millis);
                process.toHandle().destroyForcibly(); // keeps the output readable
              });
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
      killer.join();
    } finally {
      process.destroyForcibly().waitFor();
    }
    note(lines);
  }

  private void note(List<String> lines) {
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      if (!words[words.length - 1].equals(".")) {
        continue; // cut short
      }
      if (words[0].equals("accepted")) {
        accepted.add(words[1]);
      } else if (words[0].equals("finished")) {
        String before = finished.put(words[1], words[2]);
        assertThat(before).as("finished once: " + words[1]).isNull();
      }
    }
  }

  /// How long the process lives is the point of the test.
  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path file() {
    return folder.resolve("edge.db");
  }
}
