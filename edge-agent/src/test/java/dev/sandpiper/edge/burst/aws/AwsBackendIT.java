package dev.sandpiper.edge.burst.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.Limits;
import dev.sandpiper.edge.burst.BackendMemory;
import dev.sandpiper.edge.burst.BurstAnswer;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstBackendContract;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.Configs;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import dev.sandpiper.standin.plant.Plant;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The courier of the distribution, and the very function zip behind the stand-in cloud.
class AwsBackendIT extends BurstBackendContract {

  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("sandpiper.dist", "target/sandpiper")).toAbsolutePath();

  private Plant plant;
  private Database database;

  @Override
  protected BurstBackend backend() throws Exception {
    return backend(true);
  }

  @BeforeEach
  void open() throws Exception {
    plant =
        Plant.start(
            new Plant.Plan(
                DISTRIBUTION.resolve("function/functions-0.1.0.zip"),
                List.of("pi"),
                2,
                Duration.ofSeconds(60),
                1),
            InstantSource.system());
    database = Database.open(folder.resolve("db"), DatabaseOptions.defaults());
  }

  private BurstBackend backend(boolean direct) throws Exception {
    // The default credentials are those of the environment; a profile of its own needs none.
    Path aws = folder.resolve("aws");
    Files.writeString(
        aws, "[profile test]\ncredential_process = " + Files.writeString(script(), SCRIPT) + "\n");
    assertThat(script().toFile().setExecutable(true)).isTrue();
    AgentConfig config =
        Configs.parse(
            "[burst.aws]\nmode = \"first\"\ncredentials = \"profile\"\nprofile = \"test\"\n"
                + String.join("\n", plant.configuration("pi", direct)));
    Path courier = Files.createDirectories(folder.resolve("courier"));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "@" + DISTRIBUTION.resolve("courier.jvm.options"),
            "-Daws.configFile=" + aws,
            "-cp",
            DISTRIBUTION.resolve("courier/*") + File.pathSeparator + DISTRIBUTION.resolve("lib/*"),
            "dev.sandpiper.edge.courier.CourierMain");
    return new AwsBackend(
        new AwsOptions(config.burstAws(), command, courier),
        new BackendMemory(database, "aws", new Random(1)),
        _ -> {},
        new Journal(System.err, InstantSource.system()));
  }

  private static final String SCRIPT =
      """
      #!/bin/sh
      printf '{"Version":1,"AccessKeyId":"ASIATEST","SecretAccessKey":"s","SessionToken":"t","Expiration":"2099-01-01T00:00:00Z"}'
      """;

  private Path script() {
    return folder.resolve("credentials");
  }

  @AfterEach
  void close() throws Exception {
    plant.close();
    database.close();
  }

  @Test
  void nothingStaysInTheCloudOnceTheAnswerIsSettled() throws Exception {
    try (BurstBackend backend = backend(false)) {
      BurstAnswer answer = backend.run(parse("note.txt", "There and back.\n", Limits.DEFAULT));
      assertThat(answer.result()).content().contains("There and back");
      assertThat(plant.aws().objectsLeft()).as("until it is settled").isPositive();
      answer.settled().run();
      while (plant.aws().objectsLeft() + plant.resultsLeft("pi") > 0) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }
}
