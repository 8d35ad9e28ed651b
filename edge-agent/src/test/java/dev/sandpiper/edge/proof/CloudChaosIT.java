package dev.sandpiper.edge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.standin.aws.AwsDouble;
import dev.sandpiper.standin.aws.fault.Fault;
import dev.sandpiper.standin.aws.fault.Service;
import dev.sandpiper.standin.plant.Plant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The central promise with a cloud that misbehaves in every way it can, and an agent that is
/// killed meanwhile: each document ends once, and nothing of it stays in the cloud.
class CloudChaosIT {

  private static final boolean PROOF = Boolean.getBoolean("sandpiper.proof");
  private static final int DOCUMENTS = PROOF ? 10_000 : 120;
  private static final int KILLS = PROOF ? 20 : 1;
  private static final int PAPERS_BEFORE = 100_000;

  /// Whatever happens a few times in a hundred, and what the issue of a burst is: duplicates.
  private static final double OFTEN = 0.3;

  private static final double SOMETIMES = 0.05;
  private static final double RARELY = 0.01;

  private final SplittableRandom random =
      new SplittableRandom(Long.getLong("sandpiper.seed", 20_261_127L));

  @TempDir Path temp;

  @Test
  @Timeout(value = 55, unit = TimeUnit.MINUTES)
  void everyDocumentEndsOnceWhateverTheCloudDoes() throws Exception {
    try (Plant plant = Clouds.plant(Duration.ofSeconds(PROOF ? 10 : 3), random.nextLong());
        AgentProcess agent = agent(plant)) {
      misbehave(plant.aws());
      int sent = 0;
      for (int life = 0; life <= KILLS; life++) {
        agent.start();
        agent.awaitReady();
        int until = DOCUMENTS * (life + 1) / (KILLS + 1);
        while (sent < until) {
          Papers.Paper paper = Papers.paper(PAPERS_BEFORE + sent);
          assertThat(agent.submit(paper.name(), paper.bytes())).as(paper.name()).isTrue();
          sent++;
        }
        if (life < KILLS) {
          liveOn(plant, agent, life);
          agent.kill();
        }
      }
      awaitEnd(agent);
      assertOneOutcomeEach(agent);
      behave(plant.aws());
      int rounds = 0;
      while (Clouds.left(plant) > 0) {
        // What an earlier life sent is answered to a burst of a later one.
        assertThat(rounds++)
            .as("bursts until nothing is left: %s", Clouds.leftovers(plant))
            .isLessThan(20);
        submitBurst(agent, DOCUMENTS + rounds * 30);
        awaitEnd(agent);
        awaitQuiet(plant, agent);
      }
      report(plant, agent, rounds);
    }
  }

  private AgentProcess agent(Plant plant) throws IOException {
    List<String> settings = new ArrayList<>(Clouds.settings(plant));
    settings.addAll(
        List.of(
            "deadline = \"" + (PROOF ? 90 : 30) + "s\"",
            "credentials = \"profile\"",
            "profile = \"chaos\"",
            "[burst.local]",
            "workers = 1",
            "[queue]",
            "max_attempts = 50",
            "backoff_base = \"100ms\"",
            "backoff_cap = \"2s\""));
    return new AgentProcess(temp.resolve("home"), settings)
        .with("AWS_CONFIG_FILE", profile().toString());
  }

  /// Credentials that are other ones each time they are asked for, so that expired ones can be
  /// replaced.
  private Path profile() throws IOException {
    Path script =
        Files.writeString(
            temp.resolve("credentials"),
            """
            #!/bin/sh
            n=$(($(cat "%1$s/key" 2>/dev/null || echo 0) + 1))
            echo "$n" >"%1$s/key"
            printf '{"Version":1,"AccessKeyId":"ASIACHAOS%%s","SecretAccessKey":"s","SessionToken":"t","Expiration":"2099-01-01T00:00:00Z"}' "$n"
            """
                .formatted(temp));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return Files.writeString(
        temp.resolve("config"), "[profile chaos]\ncredential_process = " + script + "\n");
  }

  private static void misbehave(AwsDouble aws) {
    aws.faults().set(Service.SQS, Fault.DUPLICATE, OFTEN);
    aws.faults().set(Service.SQS, Fault.REORDER, OFTEN);
    aws.faults().set(Service.SQS, Fault.DELAYED_DELETE, SOMETIMES);
    aws.faults().set(Service.SQS, Fault.EARLY_VISIBILITY, SOMETIMES);
    for (Fault fault : List.of(Fault.THROTTLE, Fault.SERVER_ERROR)) {
      aws.faults().set(fault, SOMETIMES);
    }
    for (Fault fault : List.of(Fault.RESET, Fault.LOST_ANSWER, Fault.SLOW_BODY, Fault.CUT_BODY)) {
      aws.faults().set(fault, RARELY);
    }
  }

  private static void behave(AwsDouble aws) {
    aws.faults().clear();
    aws.unreachable(false);
  }

  /// A while in which something more goes wrong, and at its end the agent is in the middle of it.
  private void liveOn(Plant plant, AgentProcess agent, int life) throws Exception {
    AwsDouble aws = plant.aws();
    switch (life % 4) {
      case 0 -> aws.faults().clockOffset(Duration.ofMinutes(10));
      case 1 -> aws.faults().clockOffset(Duration.ofMinutes(-10));
      case 2 -> expireKey(aws);
      default -> aws.unreachable(true);
    }
    TimeUnit.MILLISECONDS.sleep(random.nextInt(200, 2_000));
    aws.unreachable(false);
    while (Clouds.left(plant) == 0) {
      assertThat(agent.isAlive()).as(agent.output()).isTrue();
      if (ended(agent)) {
        return; // it was quicker than the kill
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private void expireKey(AwsDouble aws) throws IOException {
    Path count = temp.resolve("key");
    if (Files.exists(count)) {
      aws.faults().expire("ASIACHAOS" + Files.readString(count).strip());
    }
  }

  private static void submitBurst(AgentProcess agent, int from) throws Exception {
    for (int i = 0; i < 30; i++) {
      Papers.Paper paper = Papers.paper(PAPERS_BEFORE + from + i);
      assertThat(agent.submit(paper.name(), paper.bytes())).as(paper.name()).isTrue();
    }
  }

  private static boolean ended(AgentProcess agent) throws Exception {
    try (StoreFile store = new StoreFile(agent.database())) {
      return store.open() == 0;
    }
  }

  private static void awaitEnd(AgentProcess agent) throws Exception {
    try (StoreFile store = new StoreFile(agent.database())) {
      while (store.open() > 0) {
        assertThat(agent.isAlive()).as(agent.output()).isTrue();
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  /// The courier is gone, and no job is on its way through the queue.
  private static void awaitQuiet(Plant plant, AgentProcess agent) throws Exception {
    while (plant.jobsLeft() > 0 || Clouds.couriers(agent) > 0) {
      assertThat(agent.isAlive()).as(agent.output()).isTrue();
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static void assertOneOutcomeEach(AgentProcess agent) throws Exception {
    try (StoreFile store = new StoreFile(agent.database())) {
      assertThat(store.column("SELECT DISTINCT state FROM documents")).containsExactly("PARSED");
      assertThat(store.number("SELECT count(*) FROM documents")).isEqualTo(DOCUMENTS);
      assertThat(
              store.column(
                  "SELECT id FROM jobs WHERE (state <> 'DONE' OR outcome IS NULL)"
                      + " AND kind <> 'letter'"))
          .as("jobs without an outcome")
          .isEmpty();
      assertThat(
              store.column(
                  "SELECT subject FROM jobs WHERE parent IS NULL GROUP BY subject HAVING count(*) <> 1"))
          .as("documents with more than one job")
          .isEmpty();
      assertThat(store.number("SELECT count(*) FROM chunk_words_docsize"))
          .as("indexed chunks")
          .isEqualTo(store.number("SELECT count(*) FROM chunks"))
          .isEqualTo(store.number("SELECT sum(chunks) FROM documents"));
      assertThat(store.column("PRAGMA integrity_check")).containsExactly("ok");
      for (int i = 0; i < DOCUMENTS; i++) {
        assertThat(
                store.number(
                    "SELECT count(*) FROM chunks WHERE text LIKE '%paper"
                        + (PAPERS_BEFORE + i)
                        + "%' OR headings LIKE '%paper"
                        + (PAPERS_BEFORE + i)
                        + "%'"))
            .as("chunks with the words of paper %d", i)
            .isPositive();
        if (PROOF && i % 10 != 0) {
          i += 9; // each look reads every chunk
        }
      }
    }
  }

  private static void report(Plant plant, AgentProcess agent, int rounds) throws Exception {
    try (StoreFile store = new StoreFile(agent.database())) {
      System.out.printf(
          "chaos: %,d documents, %d kills, struck %s; %,d times sent to the cloud, %d dead letters,"
              + " nothing left after %d more bursts, each document once%n",
          DOCUMENTS,
          KILLS,
          plant.aws().faults().struck(),
          store.number(
              "SELECT coalesce(sum(count), 0) FROM cloud_usage WHERE what IN ('s3Put', 'invoke')"),
          plant.deadLetters(),
          rounds);
    }
  }
}
