package dev.sandpiper.standin.plant;

import dev.sandpiper.standin.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The plant as a program, for scripts: PlantMain ZIP DEVICE CONCURRENCY [direct].
///
/// It prints the lines of `[burst.aws]`, then a line `ready`. Every line it reads is answered with
/// one line of JSON: requests by operation, and what is left. It ends at the end of its standard
/// input.
public final class PlantMain {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final long SEED = 1;

  private PlantMain() {}

  /// Runs until standard input ends.
  public static void main(String[] args) throws IOException {
    if (args.length < 3) {
      System.err.println("Say zip, device and concurrency: PlantMain functions.zip pi 2 [direct]");
      System.exit(2);
    }
    String device = args[1];
    Plant.Plan plan =
        new Plant.Plan(Path.of(args[0]), List.of(device), Integer.parseInt(args[2]), TIMEOUT, SEED);
    try (Plant plant = Plant.start(plan, Clock.systemUTC());
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      plant.configuration(device, args.length > 3).forEach(System.out::println);
      System.out.println("ready");
      System.out.flush();
      while (in.readLine() != null) {
        System.out.println(Json.string(counts(plant, device)));
        System.out.flush();
      }
    }
  }

  private static Map<String, Object> counts(Plant plant, String device) {
    Map<String, Object> counts = new LinkedHashMap<>(plant.aws().counters().operations());
    counts.put("eventSource", plant.counts().requests());
    counts.put("invocations", plant.counts().invocations());
    counts.put("objectsLeft", plant.aws().objectsLeft());
    counts.put("jobsLeft", (long) plant.jobsLeft());
    counts.put("resultsLeft", (long) plant.resultsLeft(device));
    counts.put("deadLetters", (long) plant.deadLetters());
    counts.put("workers", plant.workers().toString());
    return counts;
  }
}
