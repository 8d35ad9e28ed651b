package dev.sandpiper.edge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The central promise: kill -9 at any moment loses no acknowledged document and doubles no
/// outcome.
class KillIT {

  private static final int DOCUMENTS = 500;
  private static final int KILLS = 20;
  private static final int ROUNDS = Boolean.getBoolean("sandpiper.proof") ? 10 : 1;
  private static final int LONGEST_LIFE_MILLIS = 2_500;
  private static final List<String> SETTINGS =
      List.of("[burst.local]", "workers = 2", "[queue]", "backoff_base = \"100ms\"");

  private final List<Papers.Paper> papers = Papers.make(DOCUMENTS);
  private int longestLifeMillis = LONGEST_LIFE_MILLIS;

  @TempDir Path temp;

  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  void acknowledgedDocumentsSurviveKillsAndEndOnce() throws Exception {
    Map<String, String> expected = undisturbed();
    for (int round = 0; round < ROUNDS; round++) {
      long seed = Long.getLong("sandpiper.seed", 20_261_124L) + round;
      System.out.printf("kill -9: round %d, seed %d%n", round + 1, seed);
      disturbed(temp.resolve("killed-" + round), new SplittableRandom(seed), expected);
    }
    System.out.printf(
        "kill -9: %d kills, %,d documents, 0 lost, 0 doubled, libraries equal%n",
        ROUNDS * KILLS, ROUNDS * DOCUMENTS);
  }

  private Map<String, String> undisturbed() throws Exception {
    try (AgentProcess agent = new AgentProcess(temp.resolve("calm"), SETTINGS)) {
      long begin = System.nanoTime();
      agent.start();
      agent.awaitReady();
      // Where a start takes long, most lives would end before they are ready.
      long start = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      longestLifeMillis = (int) Math.max(LONGEST_LIFE_MILLIS, 3 * start);
      for (Papers.Paper paper : papers) {
        assertThat(agent.submit(paper.name(), paper.bytes())).as(paper.name()).isTrue();
      }
      awaitEnd(agent);
      return library(agent);
    }
  }

  private void disturbed(Path home, SplittableRandom random, Map<String, String> expected)
      throws Exception {
    Set<String> acknowledged = new HashSet<>();
    try (AgentProcess agent = new AgentProcess(home, SETTINGS)) {
      for (int kill = 0; kill < KILLS; kill++) {
        agent.start();
        live(agent, random, acknowledged);
        agent.kill();
        assertThat(known(agent)).as("acknowledged before kill %d", kill).containsAll(acknowledged);
      }
      System.out.printf("kill -9: %d acknowledged between kills%n", acknowledged.size());
      assertThat(acknowledged).as("acknowledged between kills").hasSizeGreaterThan(KILLS);
      agent.start();
      agent.awaitReady();
      for (Papers.Paper paper : papers) {
        assertThat(agent.submit(paper.name(), paper.bytes())).as(paper.name()).isTrue();
      }
      awaitEnd(agent);
      assertThat(library(agent)).isEqualTo(expected);
      assertOneOutcomeEach(agent);
    }
  }

  /// Lets the agent live for a random while, during which documents are sent. Some lives end before
  /// the agent is ready.
  private void live(AgentProcess agent, SplittableRandom random, Set<String> acknowledged)
      throws Exception {
    long end =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(200, longestLifeMillis));
    int sent = 0;
    while (System.nanoTime() < end) {
      Papers.Paper paper = papers.get(random.nextInt(papers.size()));
      if (sent < DOCUMENTS / KILLS && agent.submit(paper.name(), paper.bytes())) {
        acknowledged.add(sha256(paper.bytes()));
        sent++;
      } else {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
    if (!agent.isAlive()) {
      throw new IOException("the agent ended by itself; its output:\n" + agent.output());
    }
  }

  private static Set<String> known(AgentProcess agent) throws Exception {
    if (!agent.hasDatabase()) {
      return Set.of();
    }
    try (StoreFile store = new StoreFile(agent.database())) {
      if (store.column("SELECT name FROM sqlite_master WHERE name='documents'").isEmpty()) {
        return Set.of(); // killed during its very first start
      }
      return new HashSet<>(store.column("SELECT sha256 FROM documents"));
    } catch (SQLException e) {
      throw new IOException("the database cannot be read after a kill", e);
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

  /// Every document with its state, its Markdown and its chunks.
  private static Map<String, String> library(AgentProcess agent) throws Exception {
    Map<String, String> library = new TreeMap<>();
    try (StoreFile store = new StoreFile(agent.database())) {
      String rows =
          """
          SELECT sha256 || ' ' || state || ' ' || coalesce(code, '') || ' ' || pages || ' ' || chunks
              || ' ' || coalesce(title, '') || ' ' || id FROM documents\
          """;
      for (String row : store.column(rows)) {
        String id = row.substring(0, 64);
        String number = row.substring(row.lastIndexOf(' ') + 1);
        String chunks =
            String.join(
                "\n",
                store.column(
                    "SELECT headings || '|' || coalesce(first_page, '') || '|' || text FROM chunks"
                        + " WHERE id >> 20 = "
                        + number
                        + " ORDER BY id"));
        boolean parsed = row.contains(" PARSED ");
        String markdown = parsed ? agent.get("/v1/documents/" + id + ".md").body() : "";
        library.put(id, row.substring(0, row.lastIndexOf(' ')) + "\n" + chunks + "\n" + markdown);
      }
    }
    return library;
  }

  private static void assertOneOutcomeEach(AgentProcess agent) throws Exception {
    try (StoreFile store = new StoreFile(agent.database())) {
      assertThat(
              store.column(
                  "SELECT subject FROM jobs WHERE parent IS NULL GROUP BY subject HAVING count(*) <> 1"))
          .as("documents with more than one job")
          .isEmpty();
      assertThat(store.column("SELECT id FROM jobs WHERE state <> 'DONE' OR outcome IS NULL"))
          .as("jobs without an outcome")
          .isEmpty();
      assertThat(store.number("SELECT count(*) FROM chunk_words_docsize"))
          .as("indexed chunks")
          .isEqualTo(store.number("SELECT count(*) FROM chunks"))
          .isEqualTo(store.number("SELECT sum(chunks) FROM documents"));
      assertThat(store.column("PRAGMA integrity_check")).containsExactly("ok");
    }
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
