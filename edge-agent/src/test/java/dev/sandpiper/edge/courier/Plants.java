package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.DocumentRef;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.config.AwsBurstConfig;
import dev.sandpiper.edge.config.AwsBurstConfig.Bounds;
import dev.sandpiper.edge.config.AwsBurstConfig.Credentials;
import dev.sandpiper.edge.config.AwsBurstConfig.Mode;
import dev.sandpiper.edge.config.AwsBurstConfig.Plant;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A plant as tests have it, and documents for it.
final class Plants {

  static final String IN = "sandpiper-in";
  static final String OUT = "sandpiper-out";
  static final String DEVICE = "pi";
  static final String REGION = "eu-central-1";

  private Plants() {}

  /// Where a test's stand-in is.
  record Place(URI endpoint, String jobs, String results, Optional<String> function) {}

  static Plant plant(Place place) {
    return new Plant(
        REGION,
        DEVICE,
        IN,
        OUT,
        place.jobs(),
        place.results(),
        place.function(),
        Optional.of(place.endpoint().toString()));
  }

  static AwsBurstConfig config(Place place) {
    return config(place, 64, Duration.ofMinutes(5));
  }

  static AwsBurstConfig config(Place place, int concurrency, Duration deadline) {
    return new AwsBurstConfig(
        Mode.FIRST,
        plant(place),
        new Bounds(concurrency, 4L << 20, deadline, Duration.ofSeconds(30)),
        new Credentials.Default());
  }

  /// A file and its name in the contract.
  static ParseRequest request(String id, Path file, Path target) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return new ParseRequest(
        id,
        new DocumentRef(
            file.getFileName().toString(),
            HexFormat.of().formatHex(Downloads.sha256().digest(bytes)),
            bytes.length,
            "text/plain",
            new Source.File(file.toString())),
        null,
        Set.of(Output.MARKDOWN),
        Limits.DEFAULT,
        SplitPolicy.NONE,
        new ResultTarget.File(target.toString()));
  }

  /// Waits for the end of a state.
  static void whileTrue(BooleanSupplier state) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(100).toNanos();
    while (state.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it does not end");
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
