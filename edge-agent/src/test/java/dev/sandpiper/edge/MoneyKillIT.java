package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.fake.model.Asked;
import dev.sandpiper.edge.fake.model.Count;
import dev.sandpiper.edge.fake.model.ModelFake;
import dev.sandpiper.edge.fake.model.Reply;
import dev.sandpiper.edge.fake.model.Reply.Mishap;
import dev.sandpiper.edge.fake.model.Reply.Trouble;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that asks models in four formats, again and again, and compares the ledger with
/// what the stand-in of the providers counted, to the millionth of a dollar. Property
/// `sandpiper.proof` makes it 200 times instead of 12.
@Timeout(1200)
class MoneyKillIT {

  private static final int ROUNDS = Boolean.getBoolean("sandpiper.proof") ? 200 : 12;

  /// Dollars a million tokens: in, out, read from the cache, written into it.
  private static final Map<Asked.Api, List<String>> PRICES =
      Map.of(
          Asked.Api.OPENAI, List.of("2.5", "10", "1.25", "2.5"),
          Asked.Api.ANTHROPIC, List.of("3", "15", "0.3", "3.75"),
          Asked.Api.GEMINI, List.of("0.315", "2.55", "0.0805", "0.315"),
          Asked.Api.OLLAMA, List.of("0.07", "0.11", "0.07", "0.07"));

  private static final Map<Asked.Api, String> MODEL =
      Map.of(
          Asked.Api.OPENAI, "gpt",
          Asked.Api.ANTHROPIC, "claude",
          Asked.Api.GEMINI, "gemini",
          Asked.Api.OLLAMA, "llama");

  @TempDir Path folder;

  @Test
  void theLedgerIsWhatTheProvidersCounted() throws Exception {
    try (ModelFake fake = ModelFake.start().script(MoneyKillIT::script)) {
      Files.writeString(folder.resolve("agent.toml"), toml(fake));
      for (int round = 0; round < ROUNDS; round++) {
        runAndKill(round, fake);
      }
      compare(charges(fake));
      // A kill may cut a question in the middle.
      assertThat(fake.problems()).allMatch("no JSON"::equals);
    }
  }

  private static String toml(ModelFake fake) {
    StringBuilder toml = new StringBuilder("[budgets.total]\nper_day = 1000\n");
    PRICES.forEach((api, prices) ->
        toml.append(
            """
            [providers.%1$s]
            kind = "%1$s"
            base_url = "%2$s"
            %3$s
            concurrency = 16
            [models.%4$s]
            provider = "%1$s"
            model = "%4$s-x"
            price_input = %5$s
            price_output = %6$s
            price_cached = %7$s
            price_cache_write = %8$s
            price_date = 2026-12-01
            """
                .formatted(
                    api.name().toLowerCase(Locale.ROOT),
                    api == Asked.Api.OPENAI ? fake.openai() : fake.root(),
                    api == Asked.Api.OLLAMA ? "" : "keys = [\"env:KEY\"]",
                    MODEL.get(api),
                    prices.get(0),
                    prices.get(1),
                    prices.get(2),
                    prices.get(3))));
    return toml.toString();
  }

  /// Long and short answers, thoughts, caches, slow ones, and some that fail, whatever the format.
  private static Optional<Reply> script(Asked asked) {
    Random random = new Random(asked.question().hashCode());
    Reply.Says says =
        Reply.says("word ".repeat(1 + random.nextInt(60)))
            .thinking(random.nextInt(3) == 0 ? "hm ".repeat(1 + random.nextInt(9)) : "");
    if (asked.api() != Asked.Api.OLLAMA) {
      int written = asked.api() == Asked.Api.ANTHROPIC ? random.nextInt(6) : 0;
      says = says.cached(random.nextInt(12), written);
    } else {
      says = says.thinking("");
    }
    Reply slow =
        new Reply.Slow(
            says, Duration.ofMillis(random.nextInt(20)), Duration.ofMillis(random.nextInt(2)));
    return Optional.of(
        switch (random.nextInt(16)) {
          case 0 -> Reply.fails(Trouble.SERVER);
          case 1 -> new Reply.Spoilt(says, Mishap.RESET);
          case 2 -> new Reply.Spoilt(says, Mishap.CUT);
          default -> slow;
        });
  }

  private void runAndKill(int life, ModelFake fake) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MoneyProcess.class.getName(),
                folder.toString(),
                "q" + life)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).as("life " + life).isEqualTo("ready");
      Random random = new Random(life);
      int questions = fake.requests() + 1 + random.nextInt(60);
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (fake.requests() < questions) {
        assertThat(System.nanoTime()).as("no questions in life " + life).isLessThan(end);
        pause(1);
      }
      pause(random.nextInt(20));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /// When it dies is the point of the test.
  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What the providers charge for each question, by their own count and our own arithmetic.
  private static Map<String, List<Long>> charges(ModelFake fake) {
    Map<String, List<Long>> charges = new HashMap<>();
    for (ModelFake.Call call : fake.calls()) {
      String workflow = call.asked().question().split(" ", 2)[0];
      charges
          .computeIfAbsent(workflow, _ -> new ArrayList<>())
          .add(price(call.asked().api(), call.count()));
    }
    return charges;
  }

  private static long price(Asked.Api api, Count count) {
    List<BigDecimal> prices =
        PRICES.getOrDefault(api, List.of()).stream().map(BigDecimal::new).toList();
    long plain = count.input() - count.cached() - count.written();
    return prices
        .get(0)
        .multiply(BigDecimal.valueOf(plain))
        .add(prices.get(1).multiply(BigDecimal.valueOf(count.output())))
        .add(prices.get(2).multiply(BigDecimal.valueOf(count.cached())))
        .add(prices.get(3).multiply(BigDecimal.valueOf(count.written())))
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  private void compare(Map<String, List<Long>> charges) {
    try (Database database = Database.open(folder.resolve("edge.db"), DatabaseOptions.defaults())) {
      Ledger ledger =
          new Ledger(
              database,
              new Ledger.Rules(List.of(), ZoneOffset.UTC, (_, _) -> Optional.empty()),
              InstantSource.system());
      int cut = ledger.recover();
      Map<String, Long> spent = new HashMap<>();
      lines(ledger).forEach(line -> spent.merge(line.workflow(), line.micros(), Long::sum));
      Map<String, List<Ledger.Open>> adrift = new HashMap<>();
      ledger
          .open()
          .forEach(
              open -> adrift.computeIfAbsent(open.workflow(), _ -> new ArrayList<>()).add(open));
      int settled = 0;
      int unknown = 0;
      for (Map.Entry<String, List<Long>> entry : charges.entrySet()) {
        List<Long> left = new ArrayList<>(entry.getValue());
        Long paid = spent.getOrDefault(entry.getKey(), 0L);
        if (paid != 0) {
          assertThat(left.remove(paid))
              .as("%s: paid %d, the provider counted %s", entry.getKey(), paid, entry.getValue())
              .isTrue();
          settled++;
        }
        // What the provider counted and the ledger did not is adrift, at no less.
        List<Ledger.Open> open = new ArrayList<>(adrift.getOrDefault(entry.getKey(), List.of()));
        open.sort(Comparator.comparingLong(Ledger.Open::micros));
        assertThat(open.size()).as(entry.getKey()).isGreaterThanOrEqualTo(left.size());
        for (long charge : left) {
          Ledger.Open held = open.removeLast();
          assertThat(held.micros()).as(entry.getKey()).isGreaterThanOrEqualTo(charge);
          assertThat(database.<Boolean>write(tx -> ledger.found(tx, held.number(), charge)))
              .isTrue();
          unknown++;
        }
        open.forEach(held ->
            assertThat(database.<Boolean>write(tx -> ledger.found(tx, held.number(), 0))).isTrue());
        adrift.remove(entry.getKey());
      }
      // The rest had not reached a provider.
      int unheard = adrift.values().stream().mapToInt(List::size).sum();
      adrift.values().stream()
          .flatMap(List::stream)
          .forEach(held ->
              assertThat(database.<Boolean>write(tx -> ledger.found(tx, held.number(), 0)))
                  .isTrue());
      spent.keySet().removeAll(charges.keySet());
      assertThat(spent.values()).as("paid without a charge").allMatch(micros -> micros == 0);
      long counted = charges.values().stream().flatMap(List::stream).mapToLong(m -> m).sum();
      assertThat(lines(ledger).stream().mapToLong(Ledger.Line::micros).sum()).isEqualTo(counted);
      assertThat(ledger.open()).isEmpty();
      System.out.printf(
          "money: %d kills, %d questions charged, %d micro-dollars: %d settled to the micro-dollar, %d"
              + " charged and adrift, %d adrift without a charge, %d cut at the last kill%n",
          ROUNDS, charges.size(), counted, settled, unknown, unheard, cut);
      assertThat(settled).isGreaterThan(ROUNDS);
    }
  }

  private static List<Ledger.Line> lines(Ledger ledger) {
    return ledger.lines(LocalDate.EPOCH, LocalDate.of(9_000, 1, 1));
  }
}
