package dev.sandpiper.edge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.standin.plant.Plant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The built agent bursts to a cloud that comes and goes: every document ends once, and nothing of
/// it stays there.
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class CloudBurstIT {

  private static final int DOCUMENTS = 80;

  private Plant plant;
  private int made;

  @BeforeEach
  void open() throws Exception {
    plant = Clouds.plant(Duration.ofSeconds(10), 7);
  }

  @AfterEach
  void close() throws Exception {
    plant.close();
  }

  @Test
  void theCloudTakesABurstAndKeepsNothing(@TempDir Path home) throws Exception {
    try (AgentProcess agent = agent(home)) {
      agent.start();
      agent.awaitReady();
      long before = privateKb(agent);
      submit(agent, DOCUMENTS);
      assertAllEndOnce(agent, DOCUMENTS);
      awaitCourierGone(agent);
      assertThat(answeredByTheCloud(agent)).as("documents parsed in the cloud").isPositive();
      assertThat(Clouds.leftovers(plant)).isEqualTo(Clouds.NOTHING);
      assertThat(burst(agent)).contains("\"state\":\"working\"", "\"inFlight\":0");
      System.out.printf(
          "burst: private memory of the agent %,d KB before, %,d KB after%n",
          before, privateKb(agent));
    }
  }

  @Test
  void aCloudThatGoesIsReplacedAtHomeAndTakenUpAgainWhenItComes(@TempDir Path home)
      throws Exception {
    try (AgentProcess agent = agent(home)) {
      agent.start();
      agent.awaitReady();
      plant.aws().unreachable(true);
      submit(agent, 12);
      assertAllEndOnce(agent, 12);
      assertThat(answeredByTheCloud(agent)).isZero();
      assertThat(burst(agent)).contains("\"state\":\"resting\"", "\"retryAt\":");
      assertThat(agent.get("/readyz").statusCode()).as("local works").isEqualTo(200);

      plant.aws().unreachable(false);
      int sent = 12;
      while (answeredByTheCloud(agent) == 0) {
        submit(agent, 4);
        sent += 4;
        assertAllEndOnce(agent, sent);
      }
      assertThat(burst(agent)).contains("\"state\":\"working\"");
      awaitCourierGone(agent);
      assertThat(Clouds.leftovers(plant)).isEqualTo(Clouds.NOTHING);
    }
  }

  @Test
  void aDrainedCloudGetsNothingUntilItIsResumed(@TempDir Path home) throws Exception {
    try (AgentProcess agent = agent(home)) {
      agent.start();
      agent.awaitReady();
      assertThat(agent.post("/v1/burst/drain").body()).contains("\"state\":\"drained\"");
      agent.kill();
      agent.start();
      agent.awaitReady();
      submit(agent, 6);
      assertAllEndOnce(agent, 6);
      assertThat(answeredByTheCloud(agent)).isZero();
      assertThat(agent.post("/v1/burst/resume").body()).contains("\"state\":\"working\"");
      submit(agent, 20);
      assertAllEndOnce(agent, 26);
      awaitCourierGone(agent);
      assertThat(answeredByTheCloud(agent)).isPositive();
      assertThat(Clouds.leftovers(plant)).isEqualTo(Clouds.NOTHING);
    }
  }

  @Test
  void anAgentThatIsKilledInABurstLosesNothingAndCleansUp(@TempDir Path home) throws Exception {
    // What a killed courier had taken stays hidden for six times as long.
    plant.close();
    plant = Clouds.plant(Duration.ofSeconds(5), 7);
    try (AgentProcess agent = agent(home)) {
      for (int life = 0; life < 3; life++) {
        agent.start();
        agent.awaitReady();
        submit(agent, DOCUMENTS);
        while (Clouds.left(plant) == 0) {
          assertThat(agent.isAlive()).as(agent.output()).isTrue();
          if (ended(agent)) {
            submit(agent, 20); // it was quicker than this look
          }
          TimeUnit.MILLISECONDS.sleep(5);
        }
        agent.kill();
      }
      agent.start();
      agent.awaitReady();
      assertAllEndOnce(agent, made);
      awaitCourierGone(agent);
      // Jobs of an earlier life may be on their way still, and words of it hidden by a dead courier
      // until their visibility ends: later bursts take them.
      for (int more = 1; Clouds.left(plant) > 0; more++) {
        assertThat(more).as("bursts, and still %s", Clouds.leftovers(plant)).isLessThan(20);
        submit(agent, 20);
        assertAllEndOnce(agent, made);
        awaitCourierGone(agent);
      }
    }
  }

  private AgentProcess agent(Path home) throws IOException {
    List<String> settings = new ArrayList<>(Clouds.settings(plant));
    settings.addAll(List.of("[burst.local]", "workers = 1", "[queue]", "backoff_base = \"100ms\""));
    return new AgentProcess(home, settings)
        .with("AWS_ACCESS_KEY_ID", "AKIATEST")
        .with("AWS_SECRET_ACCESS_KEY", "test");
  }

  private void submit(AgentProcess agent, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      Papers.Paper paper = Papers.paper(1_000 + made++);
      assertThat(agent.submit(paper.name(), paper.bytes())).as(paper.name()).isTrue();
    }
  }

  private static boolean ended(AgentProcess agent) throws Exception {
    try (StoreFile store = new StoreFile(agent.database())) {
      return store.open() == 0;
    }
  }

  private static void assertAllEndOnce(AgentProcess agent, int count) throws Exception {
    try (StoreFile store = new StoreFile(agent.database())) {
      while (store.open() > 0) {
        assertThat(agent.isAlive()).as(agent.output()).isTrue();
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertThat(store.column("SELECT DISTINCT state FROM documents")).containsExactly("PARSED");
      assertThat(store.number("SELECT count(*) FROM documents")).isEqualTo(count);
      assertThat(
              store.column(
                  "SELECT subject FROM jobs WHERE parent IS NULL GROUP BY subject HAVING count(*) <> 1"))
          .isEmpty();
    }
  }

  private static long answeredByTheCloud(AgentProcess agent) throws Exception {
    try (StoreFile store = new StoreFile(agent.database())) {
      return store.number("SELECT coalesce(sum(count), 0) FROM cloud_usage WHERE what = 'tasks'");
    }
  }

  private static String burst(AgentProcess agent) throws Exception {
    return agent.get("/v1/burst").body();
  }

  /// The courier has ended in good order: it was idle, and everything was stored and deleted.
  private static void awaitCourierGone(AgentProcess agent) throws Exception {
    while (Clouds.couriers(agent) > 0) {
      assertThat(agent.isAlive()).as(agent.output()).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /// Memory that is the agent's alone, in KB.
  private static long privateKb(AgentProcess agent) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + agent.handle().pid() + "/smaps_rollup")).stream()
        .filter(line -> line.startsWith("Private_"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
        .sum();
  }
}
