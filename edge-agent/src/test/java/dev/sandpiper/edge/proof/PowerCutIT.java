package dev.sandpiper.edge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An acknowledged document is on the disk: the power is cut under a busy agent, and with it goes
/// everything that was not synced.
class PowerCutIT {

  private static final int CUTS = Boolean.getBoolean("sandpiper.proof") ? 50 : 5;
  private static final int SENDERS = 3;
  private static final int LONGEST_LIFE_MILLIS = 1_500;
  private static final List<String> SETTINGS =
      List.of("[burst.local]", "workers = 1", "aot = false", "[queue]", "backoff_base = \"100ms\"");

  private static final Duration MOST_PARSING = Duration.ofMinutes(5);

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger made = new AtomicInteger();

  /// Set before the power goes: what is answered later could not have been answered without power.
  /// The kernel's cut is no instant. A sync that is under way in it may report success although the
  /// blocks it has just written stay marked as unwritten.
  private volatile boolean cut;

  @TempDir Path temp;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void acknowledgedDocumentsSurviveACutOfThePower() throws Exception {
    SplittableRandom random = new SplittableRandom(Long.getLong("sandpiper.seed", 20_261_124L));
    try (CuttableDisk disk = CuttableDisk.make(temp)) {
      Path home = disk.root().resolve("home");
      for (int cut = 0; cut < CUTS; cut++) {
        liveAndCut(disk, home, random.nextInt(300, LONGEST_LIFE_MILLIS));
      }
      assertThat(acknowledged).as("acknowledged between cuts").hasSizeGreaterThan(CUTS);
      try (AgentProcess agent = new AgentProcess(home, SETTINGS)) {
        agent.start();
        agent.awaitReady();
        assertEverythingIsThere(agent, home);
        assertEverythingIsParsed(agent);
      }
      System.out.printf("power cut: %d cuts, %,d documents, 0 lost%n", CUTS, acknowledged.size());
    }
  }

  private void liveAndCut(CuttableDisk disk, Path home, int millis) throws Exception {
    try (AgentProcess agent = new AgentProcess(home, SETTINGS)) {
      agent.start();
      agent.awaitReady();
      assertEverythingIsThere(agent, home);
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        senders.add(Thread.ofPlatform().start(() -> send(agent)));
      }
      TimeUnit.MILLISECONDS.sleep(millis); // how long it lives is the point of the test
      cut = true;
      disk.cutPower();
      for (Thread sender : senders) {
        sender.join();
      }
      agent.kill();
    }
    disk.restore();
    cut = false;
  }

  /// Sends new documents until one is not acknowledged.
  private void send(AgentProcess agent) {
    try {
      Papers.Paper paper = Papers.paper(made.incrementAndGet());
      while (agent.submit(paper.name(), paper.bytes()) && !cut) {
        acknowledged.add(sha256(paper.bytes()));
        paper = Papers.paper(made.incrementAndGet());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertEverythingIsThere(AgentProcess agent, Path home) throws Exception {
    if (acknowledged.isEmpty()) {
      return;
    }
    try (StoreFile store = new StoreFile(agent.database())) {
      assertThat(store.column("SELECT sha256 FROM documents")).containsAll(acknowledged);
      assertThat(store.column("SELECT subject FROM jobs")).containsAll(acknowledged);
      assertThat(store.column("PRAGMA integrity_check")).containsExactly("ok");
    }
    for (String id : acknowledged) {
      Path blob = home.resolve("blobs/blobs").resolve(id.substring(0, 2)).resolve(id.substring(2));
      assertThat(sha256(Files.readAllBytes(blob))).isEqualTo(id);
    }
  }

  /// Also those whose result was stored just before a cut.
  private void assertEverythingIsParsed(AgentProcess agent) throws Exception {
    try (StoreFile store = new StoreFile(agent.database())) {
      long end = System.nanoTime() + MOST_PARSING.toNanos();
      while (store.open() > 0) {
        assertThat(agent.isAlive()).as(agent.output()).isTrue();
        assertThat(System.nanoTime()).as(agent.output()).isLessThan(end);
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(store.column("SELECT sha256 FROM documents WHERE state='PARSED'"))
          .containsAll(acknowledged);
      assertThat(store.column("SELECT subject FROM jobs GROUP BY subject HAVING count(*) <> 1"))
          .as("documents with more than one job")
          .isEmpty();
    }
    for (String id : acknowledged) {
      assertThat(agent.get("/v1/documents/" + id + ".md").statusCode()).isEqualTo(200);
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
