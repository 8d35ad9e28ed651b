package dev.sandpiper.edge.proof;

import dev.sandpiper.standin.plant.Plant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A cloud for the built agent: the stand-in plant with the distribution's own function package,
/// and one device.
final class Clouds {

  static final String DEVICE = "pi";

  /// What [#leftovers] says of a cloud that is as if nobody had been there.
  static final String NOTHING = "0 objects, 0 jobs, 0 results";

  private Clouds() {}

  /// @param timeout of the functions; a job is hidden for six times as long
  /// @param seed of the faults
  static Plant plant(Duration timeout, long seed) throws IOException {
    Path zip;
    try (var files = Files.list(AgentProcess.distribution().resolve("function"))) {
      zip = files.filter(file -> file.toString().endsWith(".zip")).findFirst().orElseThrow();
    }
    return Plant.start(
        new Plant.Plan(zip, List.of(DEVICE), 2, timeout, seed), InstantSource.system());
  }

  /// The agent's configuration of it, as `scripts/deploy` would write it; further keys of
  /// `burst.aws` may follow.
  static List<String> settings(Plant plant) {
    List<String> lines = new ArrayList<>();
    lines.add("[burst.aws]");
    lines.addAll(plant.configuration(DEVICE, true));
    lines.add("mode = \"first\"");
    lines.add("idle = \"3s\"");
    return lines;
  }

  /// Objects and messages that are left for this device.
  static long left(Plant plant) {
    return plant.aws().objectsLeft() + plant.jobsLeft() + plant.resultsLeft(DEVICE);
  }

  /// The same in words.
  static String leftovers(Plant plant) {
    return "%d objects, %d jobs, %d results"
        .formatted(plant.aws().objectsLeft(), plant.jobsLeft(), plant.resultsLeft(DEVICE));
  }

  /// The courier processes of an agent.
  static long couriers(AgentProcess agent) {
    return agent
        .handle()
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains("CourierMain"))
        .count();
  }
}
