package dev.sandpiper.edge.burst.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.burst.BackendMemory;
import dev.sandpiper.edge.burst.BurstStatus.State;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.burst.Purse;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.Configs;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.CloudCounter;
import dev.sandpiper.edge.ledger.CloudPrices;
import dev.sandpiper.edge.ledger.CloudPurse;
import dev.sandpiper.edge.ledger.CloudPurse.Worst;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.ledger.Refusal;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The way to the cloud when the ledger says no: real ledger, budgets and brakes.
@Timeout(60)
class PaidCloudTest {

  private static final Worst TASK = new Worst(400_000L);

  @TempDir private Path folder;
  private final Clouds local = new Clouds("local", 2);
  private final Clouds cloud = new Clouds("aws", 8);
  private final ByteArrayOutputStream journal = new ByteArrayOutputStream();
  private volatile Instant now = Instant.parse("2026-12-01T10:00:00Z");

  @SuppressWarnings("NullAway.Init")
  private Database database;

  @SuppressWarnings("NullAway.Init")
  private Ledger ledger;

  @SuppressWarnings("NullAway.Init")
  private CloudPurse money;

  @SuppressWarnings("NullAway.Init")
  private RoutingBackend backend;

  @BeforeEach
  void open() throws Exception {
    AgentConfig config =
        Configs.parse(
            "[budgets.clouds]\nper_day = 1.00\nworkflow = \"cloud\"\n"
                + "[brakes]\ndollars_per_hour = 0.50\n");
    database = Database.open(folder.resolve("db"), DatabaseOptions.defaults());
    ledger =
        new Ledger(
            database,
            new Ledger.Rules(
                config.budgets(),
                ZoneId.of("Europe/Berlin"),
                (_, _) -> Optional.empty(),
                config.brakes()),
            () -> now);
    CloudPrices prices = CloudPrices.read(Path.of("../infra/prices.json"), "us-east-1");
    money = new CloudPurse(database, ledger, Optional.of(prices), () -> now);
    backend =
        new RoutingBackend(
            new RoutingBackend.Parts(local, cloud, new SplitPolicy(4, 1_500), purse()),
            new RouteOptions(true, 2, 8),
            new BackendMemory(database, "aws", new Random(1)),
            () -> now,
            new Journal(new PrintStream(journal, true, StandardCharsets.UTF_8), () -> now));
    local.answers.release(1_000);
    cloud.answers.release(1_000);
  }

  private Purse purse() {
    return new Purse() {
      @Override
      public Optional<Refusal> take(BurstTask.Parse task) {
        return money.take(TASK);
      }

      @Override
      public void done(BurstTask.Parse task, @Nullable ParseReply reply) {
        money.done(TASK, TASK);
      }
    };
  }

  @AfterEach
  void close() {
    database.close();
  }

  private String run(String id) throws InterruptedException {
    var answer = backend.run(Clouds.task(id));
    answer.settled().run();
    return answer.worker();
  }

  @Test
  void overItsBudgetTheCloudIsLeftAloneUntilMidnightAndTheWorkGoesOnHere() throws Exception {
    assertThat(run("a")).isEqualTo("aws");
    assertThat(run("b")).isEqualTo("aws");
    assertThat(run("c")).isEqualTo("local");
    assertThat(run("d")).isEqualTo("local");
    assertThat(cloud.given).containsExactly("a", "b");
    String words =
        "The budget \"clouds\" ($1.00 a day) is used up: $0.80 is spent or set aside, and this may"
            + " cost up to $0.40. It works again on 2026-12-02 00:00 (Europe/Berlin), or when you"
            + " raise per_day in [budgets.clouds].";
    assertThat(backend.status().state()).isEqualTo(State.RESTING);
    assertThat(backend.status().reason()).isEqualTo(words);
    assertThat(backend.status().retryAt()).isEqualTo("2026-12-01T23:00:00Z");
    assertThat(backend.checkCloud().fix()).isEqualTo(words);
    assertThat(backend.splitPolicy().maxParts()).as("nothing is split for it").isEqualTo(4);

    now = Instant.parse("2026-12-01T12:00:00Z");
    assertThat(run("e")).as("it is looked again, in vain").isEqualTo("local");
    assertThat(lines("cloud-not-paid")).as("and said once").isEqualTo(1);

    now = Instant.parse("2026-12-01T23:00:00Z");
    money.used(Map.of());
    assertThat(run("f")).isEqualTo("aws");
    assertThat(backend.status().state()).isEqualTo(State.WORKING);
    assertThat(lines("cloud-paid-again")).isEqualTo(1);
    assertThat(backend.status().inFlight()).isZero();
  }

  @Test
  void aPausedCloudWorksAgainWhenItIsResumed() throws Exception {
    assertThat(run("a")).isEqualTo("aws");
    money.used(Map.of(CloudCounter.GB_MILLIS, 42_000_000L));
    assertThat(run("b")).isEqualTo("local");
    assertThat(backend.status().reason()).startsWith("\"cloud\" is paused since 2026-12-01 11:00");
    assertThat(ledger.pauses()).hasSize(1);
    assertThat(ledger.resume("cloud")).isTrue();
    now = now.plusSeconds(60);
    assertThat(run("c")).isEqualTo("aws");
  }

  @Test
  void whoResumesTheCloudIsNotKeptWaiting() throws Exception {
    assertThat(run("a")).isEqualTo("aws");
    money.used(Map.of(CloudCounter.GB_MILLIS, 42_000_000L));
    assertThat(run("b")).isEqualTo("local");
    assertThat(ledger.resume("cloud")).isTrue();
    assertThat(backend.resume().state()).isEqualTo(State.WORKING);
    assertThat(run("c")).isEqualTo("aws");
  }

  private long lines(String event) {
    return journal
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains(event))
        .count();
  }
}
