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

/// Kills an agent while somebody pairs and is reminded, lets it start again, and counts. Property
/// `sandpiper.proof` makes it 200 times instead of 12.
@Timeout(1200)
class TalkCrashIT {
  private static final int ROUNDS = Boolean.getBoolean("sandpiper.proof") ? 200 : 12;

  @TempDir Path folder;

  @Test
  void aCodeLetsOneInAndAReminderComesOnce() throws Exception {
    int cut = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long seed = 815L + round;
      Path home = Files.createDirectory(folder.resolve("home" + round));
      Random random = new Random(seed);
      // Anywhere, or about when it is reminded.
      String from = round % 2 == 0 ? "ready " : "got " + PairedProcess.ANNA + " I will remind ";
      List<String> first = run(from, random.nextInt(round % 2 == 0 ? 250 : 60), home.toString());
      String code = first.getFirst().split(" ", -1)[1];
      List<String> second = run("never", 0, home.toString(), code);
      String calm = second.stream().filter(line -> line.startsWith("calm ")).findFirst().orElse("");
      assertThat(calm).as("seed %d", seed).startsWith("calm people=4 anna=true eve=false ");
      int unknown = Integer.parseInt(calm.replaceAll(".*unknown=(\\d+) .*", "$1"));
      int missing = 0;
      for (String text : List.of("Welcome, ", "I will remind you ", "⏰ tea")) {
        long heard = count(first, text) + count(second, text);
        assertThat(heard).as("seed %d: %s %s %s", seed, text, first, second).isLessThan(2);
        missing += heard == 0 ? 1 : 0;
      }
      assertThat(missing).as("seed %d: %s %s", seed, first, second).isLessThanOrEqualTo(unknown);
      cut += count(first, "⏰ tea") == 0 ? 1 : 0;
    }
    assertThat(cut).as("rounds that were cut in the middle").isPositive();
  }

  private static long count(List<String> lines, String text) {
    return lines.stream()
        .filter(line -> line.startsWith("got " + PairedProcess.ANNA + " " + text))
        .count();
  }

  /// @param from the beginning of the line after which it is killed
  /// @param millis how long after it
  private static List<String> run(String from, int millis, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PairedProcess.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.endsWith(" .")) {
          lines.add(line);
        }
        if (line.startsWith(from)) {
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
