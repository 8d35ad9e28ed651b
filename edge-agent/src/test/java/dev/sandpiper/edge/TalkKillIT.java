package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.fake.wire.FarSide;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import dev.sandpiper.edge.store.Tx;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 at random points of receive, think and reply. Of a far side that knows a message again
/// nobody misses an answer and nobody gets two; of one that does not, nobody gets two, and whoever
/// misses one is counted.
class TalkKillIT {
  private static final int KILLS = Boolean.getBoolean("sandpiper.proof") ? 200 : 12;
  private static final int CHATS = 6;
  private static final int LONGEST_LIFE_MILLIS = 400;

  @TempDir Path home;

  private final Map<String, List<String>> written = new HashMap<>();

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void noAnswerIsLostAndNoneComesTwice() throws Exception {
    long seed = Long.getLong("sandpiper.seed", 20_261_201L);
    Random random = new Random(seed);
    try (FarSide sure = new FarSide(true);
        FarSide unsure = new FarSide(false)) {
      for (int kill = 0; kill < KILLS; kill++) {
        try (Agent agent = new Agent(sure, unsure, seed + kill)) {
          if (random.nextInt(8) > 0) {
            agent.awaitReady();
          }
          live(random, sure, unsure);
          agent.kill();
        }
      }
      int unknown;
      try (Agent agent = new Agent(sure, unsure, seed - 1)) {
        agent.awaitReady();
        write(random, sure, unsure);
        awaitEnd();
        agent.kill();
        unknown = judge(sure, unsure, seed);
      }
      int messages = written.values().stream().mapToInt(List::size).sum();
      System.out.printf(
          "talk: %d kills, %,d messages, 0 lost, 0 doubled, %d unknown where the far side knows"
              + " no key (seed %d)%n",
          KILLS, messages, unknown, seed);
    }
  }

  /// People write while it lives, for a random while; often more than it can answer.
  private void live(Random random, FarSide sure, FarSide unsure) throws InterruptedException {
    long end =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_LIFE_MILLIS));
    do {
      write(random, sure, unsure);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(60));
    } while (System.nanoTime() < end);
  }

  private void write(Random random, FarSide sure, FarSide unsure) {
    String chat = Integer.toString(1 + random.nextInt(CHATS));
    boolean toSure = random.nextBoolean();
    List<String> texts =
        written.computeIfAbsent((toSure ? "sure:" : "unsure:") + chat, _ -> new ArrayList<>());
    String text = (toSure ? "s" : "u") + chat + "-" + texts.size();
    texts.add(text);
    (toSure ? sure : unsure).write(chat, text);
  }

  /// Until everything that came in is answered and everything that goes out has ended.
  private void awaitEnd() throws InterruptedException {
    int all = written.values().stream().mapToInt(List::size).sum();
    while (true) {
      try (Database database = Database.openReadOnly(file(), options())) {
        long open =
            database.read(tx ->
                count(tx, "messages WHERE state NOT IN ('DONE', 'PARKED')")
                    + count(tx, "outbox WHERE state IN ('READY', 'SENDING')"));
        if (open == 0 && database.<Long>read(tx -> count(tx, "messages")) == all) {
          return;
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private int judge(FarSide sure, FarSide unsure, long seed) {
    try (Database database = Database.open(file(), options())) {
      List<String> effects =
          database.read(
              tx -> tx.query("SELECT message FROM kill_effects WHERE n<>1", row -> row.text(1)));
      assertThat(effects).as("effects that did not happen once").isEmpty();
      assertThat(database.<Long>read(tx -> count(tx, "kill_effects")))
          .as("an effect for each message that was answered")
          .isEqualTo(database.<Long>read(tx -> count(tx, "messages WHERE state='DONE'")));
      assertThat(database.<Long>read(tx -> count(tx, "messages WHERE state='PARKED'"))).isZero();
      List<String> unknown =
          database.read(tx ->
              tx.query("SELECT content FROM outbox WHERE state='UNKNOWN'", row -> row.text(1)));
      for (Map.Entry<String, List<String>> chat : written.entrySet()) {
        boolean isSure = chat.getKey().startsWith("sure:");
        List<String> expected =
            new ArrayList<>(chat.getValue().stream().map(text -> "re: " + text).toList());
        List<String> arrived = arrived(isSure ? sure : unsure, chat.getKey());
        if (!isSure) {
          // An unknown one may have arrived or not; nobody else may be missing.
          expected.removeIf(text -> !arrived.contains(text) && mentions(unknown, text));
        }
        assertThat(arrived)
            .as("answers in %s, in order, seed %d", chat.getKey(), seed)
            .containsExactlyElementsOf(expected);
      }
      return unknown.size();
    }
  }

  private static boolean mentions(List<String> contents, String text) {
    return contents.stream().anyMatch(content -> content.contains("\"" + text + "\""));
  }

  private static List<String> arrived(FarSide far, String address) {
    String chat = address.substring(address.indexOf(':') + 1);
    return far.messages().stream()
        .filter(message -> message.chat().equals(chat))
        .map(FarSide.Message::text)
        .toList();
  }

  private static long count(Tx tx, String what) {
    return tx.queryOne("SELECT count(*) FROM " + what, row -> row.number(1)).orElseThrow();
  }

  private Path file() {
    return home.resolve("sandpiper.db");
  }

  private DatabaseOptions options() {
    return DatabaseOptions.defaults().withNativeDir(home.resolve("native"));
  }

  /// The process.
  private final class Agent implements AutoCloseable {
    private final Process process;

    Agent(FarSide sure, FarSide unsure, long seed) throws IOException {
      Path log = home.resolve("agent.log");
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Xshare:auto",
                  "-cp",
                  System.getProperty("java.class.path"),
                  TalkProcess.class.getName(),
                  home.toString(),
                  sure.url(),
                  unsure.url(),
                  Long.toString(seed))
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    }

    void awaitReady() throws IOException {
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      String line = out.readLine();
      if (!"ready".equals(line)) {
        throw new IOException(
            "it is not ready but says "
                + line
                + "; its log:\n"
                + Files.readString(home.resolve("agent.log")));
      }
    }

    void kill() {
      process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
      kill();
    }
  }
}
