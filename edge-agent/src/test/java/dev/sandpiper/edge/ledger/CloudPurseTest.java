package dev.sandpiper.edge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.ledger.CloudPurse.Worst;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudPurseTest {

  private static final String REGION = "eu-central-1";
  private static final Worst TASK = new Worst(1_000L);

  @TempDir Path folder;

  private static CloudPrices prices() throws IOException {
    return CloudPrices.read(Path.of("../infra/prices.json"), REGION);
  }

  private static CloudPurse purse(Till till) throws IOException {
    return new CloudPurse(till.database, till.ledger, Optional.of(prices()), () -> till.now);
  }

  /// One million documents of ten pages, as infra/README.md has them.
  private static Map<CloudCounter, Long> million() {
    Map<CloudCounter, Long> counts = new EnumMap<>(CloudCounter.class);
    counts.put(CloudCounter.S3_PUT, 2_000_000L);
    counts.put(CloudCounter.S3_GET, 2_000_000L);
    counts.put(CloudCounter.S3_DELETE, 2_000_000L);
    counts.put(CloudCounter.SQS, 1_500_000L);
    counts.put(CloudCounter.INVOKE, 100_000L);
    counts.put(CloudCounter.GB_MILLIS, 403_652_344L);
    counts.put(CloudCounter.TASKS, 1_000_000L);
    return counts;
  }

  /// Reported in pieces of any size, none of which costs a whole millionth of a dollar for sure.
  private static void report(CloudPurse purse, Map<CloudCounter, Long> all, Random random) {
    Map<CloudCounter, Long> left = new EnumMap<>(all);
    while (!left.isEmpty()) {
      Map<CloudCounter, Long> piece = new EnumMap<>(CloudCounter.class);
      for (CloudCounter counter : CloudCounter.values()) {
        long open = left.getOrDefault(counter, 0L);
        long now = Math.min(open, 1 + (long) (random.nextDouble() * open / 20));
        piece.put(counter, now);
        left.computeIfPresent(counter, (_, value) -> value - now > 0 ? value - now : null);
      }
      purse.used(piece);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theLedgerAgreesWithTheCountsAndTheCostSheetToTheMicroDollar(int seed) throws IOException {
    try (Till till = new Till(folder, "")) {
      CloudPurse purse = purse(till);
      assertThat(purse.take(TASK)).isEmpty();
      report(purse, million(), new Random(seed));
      long micros = till.spent();
      CloudUsage.Day day = new CloudUsage(till.database).days().getFirst();
      assertThat(day.counts()).containsAllEntriesOf(million());
      BigDecimal shown = prices().cost(day.counts()).amount();
      assertThat(BigDecimal.valueOf(micros, 6)).isEqualByComparingTo(shown);
      assertThat(till.ledger.lines(LocalDate.EPOCH, LocalDate.of(2030, 1, 1)))
          .singleElement()
          .satisfies(line -> {
            assertThat(line.kind()).isEqualTo(Purchase.Kind.CLOUD);
            assertThat(line.workflow()).isEqualTo("cloud");
            assertThat(line.purchases()).isEqualTo(1_000_000);
          });
      BigDecimal sheet =
          sheet("… of that the functions")
              .add(sheet("… requests to S3"))
              .add(sheet("… requests to SQS"));
      assertThat(shown.setScale(2, RoundingMode.HALF_EVEN)).isEqualByComparingTo(sheet);
    }
  }

  private static BigDecimal sheet(String row) throws IOException {
    String line =
        Files.readAllLines(Path.of("../infra/README.md")).stream()
            .filter(one -> one.startsWith("| " + row))
            .findFirst()
            .orElseThrow();
    return new BigDecimal(line.split("\\|", -1)[3].strip());
  }

  @Test
  void fractionsOfAMicroDollarAreNotLost() throws IOException {
    try (Till till = new Till(folder, "")) {
      CloudPurse purse = purse(till);
      for (int i = 0; i < 1_000; i++) {
        purse.used(Map.of(CloudCounter.S3_GET, 1L)); // 0.43 of one
      }
      assertThat(till.spent()).isEqualTo(430);
    }
  }

  @Test
  void manyTasksArePaidForAtOnce() throws IOException {
    try (Till till = new Till(folder, "[budgets.b]\nper_day = 1\n")) {
      CloudPurse purse = purse(till);
      for (int i = 0; i < 32; i++) {
        assertThat(purse.take(TASK)).isEmpty();
        assertThat(till.ledger.open())
            .singleElement()
            .satisfies(open -> assertThat(open.micros()).isEqualTo(32_000));
      }
      assertThat(purse.take(TASK)).isEmpty();
      assertThat(till.ledger.open())
          .singleElement()
          .satisfies(open -> assertThat(open.micros()).isEqualTo(64_000));
    }
  }

  @Test
  void aTightBudgetPaysForSingleTasksAndThenRefuses() throws IOException {
    try (Till till = new Till(folder, "[budgets.b]\nper_day = 0.0025\n")) {
      CloudPurse purse = purse(till);
      assertThat(purse.take(TASK)).isEmpty();
      assertThat(purse.take(TASK)).isEmpty();
      assertThat(till.told).as("it was only looked whether there is more").isEmpty();
      Refusal refusal = purse.take(TASK).orElseThrow();
      assertThat(refusal.words())
          .isEqualTo(
              "The budget \"b\" ($0.0025 a day) is used up: $0.002 is spent or set aside, and this"
                  + " may cost up to $0.001. It works again on 2026-12-02 00:00 (Europe/Berlin), or"
                  + " when you raise per_day in [budgets.b].");
      purse.done(TASK, new Worst(10L));
      assertThat(purse.take(TASK)).as("ten of a thousand were used").isEmpty();
      assertThat(purse.take(TASK)).isNotEmpty();
      purse.used(Map.of(CloudCounter.S3_PUT, 2L));
      assertThat(till.spent()).isEqualTo(11);
      assertThat(purse.take(TASK)).isNotEmpty();
      purse.done(TASK, new Worst(0L));
      purse.done(TASK, new Worst(0L));
      till.now = Instant.parse("2026-12-01T23:00:00Z");
      assertThat(purse.take(TASK)).as("a new day").isEmpty();
    }
  }

  @Test
  void whatIsLeftIsFreeWhenNothingIsUnderWay() throws IOException {
    try (Till till = new Till(folder, "[budgets.b]\nper_day = 1\n")) {
      CloudPurse purse = purse(till);
      assertThat(purse.take(TASK)).isEmpty();
      purse.used(Map.of(CloudCounter.S3_PUT, 1_000L));
      assertThat(till.ledger.open()).hasSize(1);
      purse.done(TASK, TASK);
      purse.used(Map.of(CloudCounter.SQS, 10L, CloudCounter.TASKS, 1L));
      assertThat(till.ledger.open()).isEmpty();
      assertThat(till.spent()).isEqualTo(5_404);
      purse.used(Map.of(CloudCounter.SQS, 10L));
      assertThat(till.spent()).as("what comes late is counted, too").isEqualTo(5_408);
    }
  }

  @Test
  void afterAKillOnlyWhatMayHaveBeenUnderWayCounts() throws IOException {
    try (Till till = new Till(folder, "[budgets.b]\nper_day = 1\n")) {
      assertThat(purse(till).take(TASK)).isEmpty();
      assertThat(till.restart()).isEqualTo(1);
      purse(till).recover(2_000);
      assertThat(till.ledger.open())
          .singleElement()
          .satisfies(open -> {
            assertThat(open.micros()).isEqualTo(2_000);
            assertThat(open.adrift()).isNotNull();
          });
      purse(till).recover(0);
      assertThat(till.ledger.open()).as("nothing had been under way").isEmpty();
    }
  }

  @Test
  void anUnknownPriceIsRefusedWhileThereIsABudget() throws IOException {
    try (Till till = new Till(folder, "[budgets.b]\nper_day = 1\n")) {
      CloudPurse purse =
          new CloudPurse(till.database, till.ledger, Optional.empty(), () -> till.now);
      assertThat(purse.worst(Map.of(CloudCounter.SQS, 1L)).micros()).isNull();
      assertThat(purse.take(new Worst(null)).orElseThrow().words())
          .isEqualTo(
              "What the cloud costs is unknown, and there is a budget: it is not used. See"
                  + " prices.json of the installation.");
    }
  }

  @Test
  void aCloudThatRunsAwayIsPaused() throws IOException {
    try (Till till = new Till(folder, "[brakes]\ndollars_per_hour = 1\n")) {
      CloudPurse purse = purse(till);
      assertThat(purse.take(TASK)).isEmpty();
      purse.used(Map.of(CloudCounter.GB_MILLIS, 80_000_000L));
      assertThat(purse.take(TASK).orElseThrow().words())
          .contains("\"cloud\" is paused")
          .contains("it spent $1.066672 within an hour, and its usual hour costs $0.00");
      assertThat(till.ledger.resume("cloud")).isTrue();
      assertThat(purse.take(TASK)).isEmpty();
    }
  }
}
