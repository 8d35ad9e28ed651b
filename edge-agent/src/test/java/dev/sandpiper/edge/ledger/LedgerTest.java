package dev.sandpiper.edge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

  private static final String DOLLAR_A_DAY = "[budgets.total]\nper_day = 1.00\n";

  @TempDir Path folder;

  @Test
  void whatIsSetAsideCountsUntilItIsSettled() {
    try (Till till = new Till(folder, DOLLAR_A_DAY)) {
      long number = till.reserve(Till.model("ask", 2L, 900_000L));
      assertThat(till.refused(Till.model("ask", 2L, 100_001L)))
          .isEqualTo(
              "The budget \"total\" ($1.00 a day) is used up: $0.90 is spent or set aside, and this"
                  + " may cost up to $0.100001. It works again on 2026-12-02 00:00 (Europe/Berlin),"
                  + " or when you raise per_day in [budgets.total].");
      assertThat(till.settle(number, 300L)).isTrue();
      assertThat(till.settle(number, 300L)).isFalse();
      assertThat(till.spent()).isEqualTo(300);
      till.spend(Till.model("ask", 2L, 999_700L), 5);
      assertThat(till.ledger.open()).isEmpty();
    }
  }

  @Test
  void midnightInTheOwnersZoneBeginsANewDay() {
    try (Till till = new Till(folder, DOLLAR_A_DAY)) {
      till.now = Instant.parse("2026-12-01T22:59:59Z");
      till.spend(Till.model("ask", 2L, 1_000_000L), 1_000_000);
      assertThat(till.refused(Till.model("ask", 2L, 1L))).contains("2026-12-02 00:00");
      till.now = Instant.parse("2026-12-01T23:00:00Z");
      till.spend(Till.model("ask", 2L, 1_000_000L), 7);
      assertThat(till.ledger.lines(till.ledger.today(), till.ledger.today()))
          .singleElement()
          .satisfies(line -> assertThat(line.micros()).isEqualTo(7));
    }
  }

  @Test
  void aMonthHoldsWhenTheDayWouldLetIt() {
    try (Till till = new Till(folder, "[budgets.m]\nper_day = 1\nper_month = 1.5\n")) {
      till.spend(Till.model("ask", 2L, 1_000_000L), 1_000_000);
      till.now = Instant.parse("2026-12-02T10:00:00Z");
      till.spend(Till.model("ask", 2L, 500_000L), 500_000);
      assertThat(till.refused(Till.model("ask", 2L, 1L)))
          .startsWith("The budget \"m\" ($1.50 a month) is used up")
          .contains("2027-01-01 00:00");
      till.now = Instant.parse("2026-12-31T23:00:00Z");
      till.spend(Till.model("ask", 2L, 1L), 1);
    }
  }

  @Test
  void budgetsCountWhatTheyNameAndNothingElse() {
    String toml =
        """
        [budgets.plans]
        per_day = 0.10
        workflow = "schedule:*"
        [budgets.visitors]
        per_day = 0.20
        role = "guest"
        each = "person"
        """;
    try (Till till = new Till(folder, toml)) {
      till.spend(Till.model("ask", 2L, 50_000_000L), 50_000_000);
      till.spend(Till.model("schedule:morning", 2L, 100_000L), 100_000);
      assertThat(till.refused(Till.model("schedule:evening", null, 1L))).contains("\"plans\"");
      till.spend(Till.model("ask", 3L, 200_000L), 200_000);
      assertThat(till.refused(Till.model("ask", 3L, 1L))).contains("\"visitors\"");
      till.spend(Till.model("ask", 4L, 200_000L), 200_000);
    }
  }

  @Test
  void anUnknownPriceIsRefusedWhileThereIsABudget() {
    try (Till till = new Till(folder, DOLLAR_A_DAY)) {
      assertThat(till.refused(Till.model("ask", 2L, null)))
          .isEqualTo(
              "The price of the model everyday is unknown, and there is a budget: it is not asked."
                  + " Add price_input and price_output to [models.everyday] (0 for one that costs"
                  + " nothing).");
    }
  }

  @Test
  void anUnknownPriceIsCountedAsOneWithoutABudget() {
    try (Till till = new Till(folder, "")) {
      assertThat(till.settle(till.reserve(Till.model("ask", 2L, null)), null)).isTrue();
      assertThat(till.ledger.lines(till.ledger.today(), till.ledger.today()))
          .singleElement()
          .satisfies(line -> assertThat(line.unpriced()).isEqualTo(1));
    }
  }

  @Test
  void whatCostsNothingIsBoughtFromAnEmptyPurse() {
    try (Till till = new Till(folder, "[budgets.total]\nper_day = 0\n")) {
      till.spend(Till.model("ask", 2L, 0L), 0);
      assertThat(till.refused(Till.model("ask", 2L, 1L)))
          .isEqualTo(
              "This may cost up to $0.000001, more than the whole budget \"total\" ($0.00 a day)."
                  + " Raise per_day in [budgets.total], or use a model that costs less.");
    }
  }

  @Test
  void ownersAreToldOnceThatMostIsSpentAndOnceThatAllIs() {
    try (Till till = new Till(folder, DOLLAR_A_DAY)) {
      till.spend(Till.model("ask", 2L, 799_999L), 799_999);
      assertThat(till.told).isEmpty();
      till.spend(Till.model("ask", 2L, 1L), 1);
      till.spend(Till.model("ask", 2L, 1L), 1);
      assertThat(till.told)
          .containsExactly(new Alarm.Nearly("total", Period.DAY, "", 1_000_000, 800_000));
      till.told.clear();
      String _ = till.refused(Till.model("ask", 2L, 500_000L));
      String _ = till.refused(Till.model("ask", 2L, 500_000L));
      assertThat(till.told).hasOnlyElementsOfType(Alarm.UsedUp.class).hasSize(1);
    }
  }

  @Test
  void whatWasUnderWayAtADeathCountsUntilABillSays() {
    try (Till till = new Till(folder, DOLLAR_A_DAY)) {
      long number = till.reserve(Till.model("ask", 2L, 900_000L));
      assertThat(till.restart()).isEqualTo(1);
      assertThat(till.refused(Till.model("ask", 2L, 100_001L))).contains("$0.90");
      assertThat(till.ledger.open()).singleElement().extracting(Ledger.Open::adrift).isNotNull();
      assertThat(till.database.<Boolean>write(tx -> till.ledger.found(tx, number, 12))).isTrue();
      assertThat(till.database.<Boolean>write(tx -> till.ledger.found(tx, number, 12))).isFalse();
      assertThat(till.spent()).isEqualTo(12);
      assertThat(till.restart()).isZero();
    }
  }

  @Test
  void aCapHoldsAgainstManyAtOnce() throws Exception {
    try (Till till = new Till(folder, "[budgets.total]\nper_day = 0.50\n");
        ExecutorService buyers = Executors.newFixedThreadPool(16)) {
      AtomicInteger refused = new AtomicInteger();
      List<Callable<Long>> purchases = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        long cost = 100L + i % 400;
        purchases.add(() ->
            switch (till.ledger.reserve(Till.model("ask", 2L, 500L))) {
              case Ledger.Reserved(long number) -> {
                assertThat(till.settle(number, cost)).isTrue();
                yield cost;
              }
              case Ledger.Refused _ -> {
                refused.incrementAndGet();
                yield 0L;
              }
            });
      }
      long paid = 0;
      for (Future<Long> purchase : buyers.invokeAll(purchases)) {
        paid += purchase.get();
      }
      assertThat(till.spent()).isEqualTo(paid).isBetween(500_000L - 500 * 16, 500_000L);
      assertThat(refused).hasPositiveValue();
      assertThat(till.ledger.open()).isEmpty();
    }
  }
}
