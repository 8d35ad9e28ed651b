package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills an agent again and again while schedules fire, then lets it come to rest and counts: each
/// planned time once, each with one effect. Property `sandpiper.proof` does it in 40 homes instead
/// of 3.
@Timeout(1200)
class ScheduleKillIT {
  private static final int HOMES = Boolean.getBoolean("sandpiper.proof") ? 40 : 3;
  private static final int KILLS = 3;

  @TempDir Path folder;

  @Test
  void eachPlannedTimeComesOnceHoweverOftenItIsKilled() throws Exception {
    for (int round = 0; round < HOMES; round++) {
      long seed = 4_711L + round;
      Random random = new Random(seed);
      Path home = Files.createDirectory(folder.resolve("home" + round));
      int beats = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        beats += beats(run(home, 40, random.nextInt(400)));
      }
      List<String> calm =
          run(home, 5, -1).stream().filter(line -> line.startsWith("calm ")).toList();
      assertThat(calm).as("seed %d", seed).hasSize(ScheduledProcess.SCHEDULES);
      for (String line : calm) {
        int decided = number(line, "decided");
        assertThat(decided).as("seed %d: %s", seed, line).isGreaterThanOrEqualTo(beats + 5);
        assertThat(line).as("seed %d", seed).contains(" even=true ");
        assertThat(number(line, "out"))
            .as("seed %d: %s", seed, line)
            .isEqualTo(number(line, "begun"));
      }
    }
  }

  private static int number(String line, String name) {
    return Integer.parseInt(line.replaceAll(".* " + name + "=(\\d+) .*", "$1"));
  }

  private static int beats(List<String> lines) {
    return (int) lines.stream().filter(line -> line.startsWith("beat ")).count();
  }

  /// @param millis after it is ready it is killed; negative: it ends by itself
  private static List<String> run(Path home, int beats, int millis)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ScheduledProcess.class.getName(),
                home.toString(),
                Integer.toString(beats))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.endsWith(" .")) {
          lines.add(line);
        }
        if (line.startsWith("ready ") && millis >= 0) {
          Thread.ofPlatform()
              .start(() -> {
                pause(millis);
                process.toHandle().destroyForcibly(); // keeps the output readable
              });
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return lines;
  }

  /// How long the process lives is the point of the test.
  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
