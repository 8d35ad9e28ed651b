package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 at random points of receive, think and reply. Of a far side that knows a message again
/// nobody misses an answer and nobody gets two; of one that does not, nobody gets two, and whoever
/// misses one is counted.
class TalkKillIT {
  private static final int KILLS = Boolean.getBoolean("sandpiper.proof") ? 200 : 12;
  private static final int PEOPLE = 5;
  private static final int LONGEST_LIFE_MILLIS = 1_200;

  @TempDir Path home;

  private final Map<String, List<String>> written = new HashMap<>();

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void noAnswerIsLostAndNoneComesTwice() throws Exception {
    long seed = Long.getLong("sandpiper.seed", 20_261_201L);
    Random random = new Random(seed);
    try (Town sure = Town.wire(true);
        Town unsure = Town.wire(false);
        Town discord = Town.discord();
        Town telegram = Town.telegram()) {
      List<Town> towns = List.of(sure, unsure, discord, telegram);
      meet(towns, seed);
      for (int kill = 0; kill < KILLS; kill++) {
        try (Agent agent = new Agent(towns, seed + kill)) {
          if (random.nextInt(8) > 0) {
            agent.awaitReady();
          }
          live(random, towns);
        }
      }
      int unknown;
      try (Agent agent = new Agent(towns, seed - 1)) {
        agent.awaitReady();
        towns.forEach(town -> write(random, town));
        awaitEnd();
        agent.kill();
        unknown = judge(towns, seed);
      }
      int messages = written.values().stream().mapToInt(List::size).sum();
      System.out.printf(
          "talk: %d kills, %,d messages, 0 lost, 0 doubled, %d unknown where the far side knows"
              + " no key (seed %d)%n",
          KILLS, messages, unknown, seed);
    }
  }

  /// Everybody writes once and is answered, so that the agent knows every chat.
  private void meet(List<Town> towns, long seed) throws Exception {
    try (Agent agent = new Agent(towns, seed - 2)) {
      agent.awaitReady();
      for (Town town : towns) {
        while (!town.isKnown()) {
          TimeUnit.MILLISECONDS.sleep(10);
        }
        for (int person = 1; person <= PEOPLE; person++) {
          write(town, person);
        }
      }
      awaitEnd();
    }
  }

  /// People write while it lives, for a random while; often more than it can answer.
  private void live(Random random, List<Town> towns) throws InterruptedException {
    long end =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_LIFE_MILLIS));
    do {
      write(random, towns.get(random.nextInt(towns.size())));
      TimeUnit.MILLISECONDS.sleep(random.nextInt(150));
    } while (System.nanoTime() < end);
  }

  private void write(Random random, Town town) {
    write(town, 1 + random.nextInt(PEOPLE));
  }

  private void write(Town town, int person) {
    List<String> texts =
        written.computeIfAbsent(town.name() + ":" + person, _ -> new ArrayList<>());
    String text = town.name() + person + "-" + texts.size();
    texts.add(text);
    town.write(person, text);
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

  private int judge(List<Town> towns, long seed) {
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
      for (Town town : towns) {
        for (int person = 1; person <= PEOPLE; person++) {
          judge(town, person, unknown, seed);
        }
      }
      return unknown.size();
    }
  }

  /// Everything, once, in order. An unknown one may have arrived or not; nobody else may be
  /// missing.
  private void judge(Town town, int person, List<String> unknown, long seed) {
    List<String> arrived = town.answers(person);
    List<String> expected =
        new ArrayList<>(
            written.getOrDefault(town.name() + ":" + person, List.of()).stream()
                .map(text -> "re: " + text)
                .toList());
    if (!town.knowsKeys()) {
      expected.removeIf(text -> !arrived.contains(text) && mentions(unknown, text));
    }
    assertThat(arrived)
        .as("answers of %s to person %d, seed %d", town.name(), person, seed)
        .containsExactlyElementsOf(expected);
  }

  private static boolean mentions(List<String> contents, String text) {
    return contents.stream().anyMatch(content -> content.contains("\"" + text + "\""));
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

    Agent(List<Town> towns, long seed) throws IOException {
      Path log = home.resolve("agent.log");
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  TalkProcess.class.getName(),
                  home.toString(),
                  Long.toString(seed),
                  accounts(towns)));
      towns.forEach(town -> command.add(town.name() + "=" + town.url()));
      process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    }

    private static String accounts(List<Town> towns) {
      return towns.stream()
          .flatMap(town ->
              IntStream.rangeClosed(1, PEOPLE)
                  .mapToObj(person -> "\"" + town.name() + ":" + town.account(person) + "\""))
          .collect(Collectors.joining(", "));
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
