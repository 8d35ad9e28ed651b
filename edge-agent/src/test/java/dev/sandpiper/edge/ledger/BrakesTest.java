package dev.sandpiper.edge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrakesTest {

  private static final String BRAKES =
      """
      [brakes]
      dollars_per_hour = 0.50
      purchases_per_hour = 50
      schedule_purchases_per_hour = 10
      repeats = 5
      """;

  @TempDir Path folder;

  /// An hour each day, ten cents each.
  private static void spendAWeek(Till till) {
    Instant end = till.now;
    for (int day = 7; day > 0; day--) {
      till.now = end.minus(Duration.ofDays(day)).plusSeconds(7_200);
      till.spend(Till.model("ask", 2L, 200_000L), 100_000);
    }
    till.now = end;
  }

  @Test
  void anHourFarAboveTheUsualOneStopsThatWorkflowUntilItIsResumed() {
    try (Till till = new Till(folder, BRAKES)) {
      spendAWeek(till);
      for (int i = 0; i < 4; i++) {
        till.now = till.now.plusSeconds(60);
        till.spend(Till.model("ask", 2L, 300_000L), 250_000);
      }
      String words =
          "\"ask\" is paused since 2026-12-01 11:04 (Europe/Berlin): it spent $1.00 within an hour,"
              + " and its usual hour costs $0.10. Look what does that, then let it go on: 'sandpiper"
              + " cost resume ask', or /cost resume ask in a chat.";
      assertThat(till.refused(Till.model("ask", 2L, 1L))).isEqualTo(words);
      assertThat(till.refused(Till.model("ask", 2L, 1L))).isEqualTo(words);
      assertThat(till.refused(Till.model("ask", 3L, 0L))).as("nor what is free").isEqualTo(words);
      assertThat(till.told).singleElement().isInstanceOf(Alarm.Paused.class);
      assertThat(till.watched).hasSize(1);
      till.spend(Till.model("summary", 2L, 1L), 1);

      till.restart();
      till.now = till.now.plus(Duration.ofDays(3));
      assertThat(till.refused(Till.model("ask", 2L, 1L))).isEqualTo(words);
      assertThat(till.ledger.pauses())
          .singleElement()
          .satisfies(pause -> assertThat(pause.words()).isEqualTo(words));
      assertThat(till.ledger.resume("ask")).isTrue();
      assertThat(till.ledger.resume("ask")).isFalse();
      till.spend(Till.model("ask", 2L, 1L), 1);
      assertThat(till.ledger.pauses()).isEmpty();
      assertThat(till.told).hasSize(1);
    }
  }

  @Test
  void aFirstHourBelowTheFloorIsNoAlarm() {
    try (Till till = new Till(folder, BRAKES)) {
      till.spend(Till.model("ask", 2L, 499_999L), 499_999);
      till.spend(Till.model("ask", 2L, 1L), 1);
      assertThat(till.refused(Till.model("ask", 2L, 1L))).contains("it spent $0.50 within an hour");
    }
  }

  @Test
  void whatIsResumedIsNotStoppedAtOnceAgain() {
    try (Till till = new Till(folder, BRAKES)) {
      till.spend(Till.model("ask", 2L, 600_000L), 600_000);
      assertThat(till.refused(Till.model("ask", 2L, 1L))).contains("is paused");
      assertThat(till.ledger.resume("ask")).isTrue();
      till.spend(Till.model("ask", 2L, 1L), 1);
    }
  }

  @Test
  void aNewHourOfTheClockDoesNotHideWhatWasJustSpent() {
    try (Till till = new Till(folder, BRAKES)) {
      till.now = Instant.parse("2026-12-01T10:59:00Z");
      till.spend(Till.model("ask", 2L, 600_000L), 600_000);
      till.now = Instant.parse("2026-12-01T11:01:00Z");
      assertThat(till.refused(Till.model("ask", 2L, 1L))).contains("it spent $0.59 within an hour");
    }
  }

  @Test
  void whatWasLostCountsInFull() {
    try (Till till = new Till(folder, BRAKES)) {
      long number = till.reserve(Till.model("ask", 2L, 600_000L));
      till.database.write(tx -> {
        till.ledger.lose(tx, number);
        return 0;
      });
      assertThat(till.refused(Till.model("ask", 2L, 1L))).contains("it spent $0.60 within an hour");
    }
  }

  @Test
  void aScheduleThatBuysTooOftenIsStopped() {
    try (Till till = new Till(folder, BRAKES)) {
      for (int i = 0; i < 10; i++) {
        till.now = till.now.plusSeconds(1);
        till.spend(Till.model("schedule:pulse", 2L, 10L), 10);
      }
      assertThat(till.refused(Till.model("schedule:pulse", 2L, 10L)))
          .contains("it bought 10 times within an hour, and a schedule may 10 times");
      till.spend(Till.model("schedule:other", 2L, 10L), 10);
    }
  }

  @Test
  void farMorePurchasesThanUsualAreStopped() {
    try (Till till = new Till(folder, BRAKES)) {
      for (int i = 0; i < 50; i++) {
        till.spend(Till.model("ask", 2L, 1L), 1);
      }
      assertThat(till.refused(Till.model("ask", 2L, 1L)))
          .contains("it bought 50 times within an hour, and its usual hour is 0 times");
    }
  }

  @Test
  void theSameQuestionTooOftenIsStopped() {
    try (Till till = new Till(folder, BRAKES)) {
      for (int i = 0; i < 5; i++) {
        till.spend(Till.asking("ask", "same"), 10);
        till.spend(Till.asking("ask", "other" + i), 10);
      }
      assertThat(till.refused(Till.asking("ask", "same")))
          .contains("it asked the same 5 times since 2026-12-01 11:00, and wanted to again");
      assertThat(till.refused(Till.asking("ask", "fresh"))).contains("is paused");
    }
  }

  @Test
  void aModelOfUnknownPriceIsLookedAt() {
    Purchase unpriced = new Purchase(Purchase.Kind.MODEL, "everyday", "ask", 2L, null, "same");
    try (Till till = new Till(folder, BRAKES)) {
      for (int i = 0; i < 5; i++) {
        assertThat(till.settle(till.reserve(unpriced), null)).isTrue();
      }
      assertThat(till.refused(unpriced)).contains("it asked the same 5 times");
    }
  }

  @Test
  void theSameQuestionIsForgottenAfterTheWindow() {
    try (Till till = new Till(folder, BRAKES)) {
      for (int i = 0; i < 12; i++) {
        till.spend(Till.asking("ask", "same"), 10);
        till.now = till.now.plus(Duration.ofMinutes(13));
      }
      assertThat(till.ledger.pauses()).isEmpty();
    }
  }

  @Test
  void whatCameToNothingIsNotARepetition() {
    try (Till till = new Till(folder, BRAKES)) {
      for (int i = 0; i < 20; i++) {
        till.spend(Till.asking("ask", "refused by the provider"), 0);
        long number = till.reserve(Till.asking("ask", "never sent"));
        till.database.write(tx -> {
          till.ledger.release(tx, number);
          return 0;
        });
      }
      assertThat(till.ledger.pauses()).isEmpty();
    }
  }

  @Test
  void whatIsRememberedIsBounded() {
    try (Till till = new Till(folder, "[brakes]\npurchases_per_hour = 10000\n")) {
      till.database.write(tx -> {
        Repeats repeats = new Repeats(5, Duration.ofHours(1), Till.ZONE);
        for (int i = 0; i < 5_200; i++) {
          repeats.add(tx, "ask", "question " + i, till.now);
        }
        return 0;
      });
      assertThat(count(till, "spending_repeats")).isEqualTo(5_000);
      Instant start = till.now;
      for (int hour = 0; hour < 300; hour += 20) {
        till.now = start.plus(Duration.ofHours(hour));
        till.spend(Till.model("ask", 2L, 1L), 1);
      }
      assertThat(count(till, "spending_hours")).isEqualTo(9);
    }
  }

  private static long count(Till till, String table) {
    return till.database.read(
        tx -> tx.queryOne("SELECT count(*) FROM " + table, row -> row.number(1)).orElseThrow());
  }

  @Test
  void nothingIsLookedAtWhenBrakesAreOff() {
    try (Till till = new Till(folder, BRAKES + "enabled = false\n")) {
      for (int i = 0; i < 100; i++) {
        till.spend(Till.asking("schedule:pulse", "same"), 100_000);
      }
      assertThat(till.ledger.pauses()).isEmpty();
    }
  }

  @Test
  void aModelThatGoesRoundInCirclesIsToldOnceADay() {
    try (Till till = new Till(folder, BRAKES)) {
      till.ledger.looped("ask", "search_library");
      till.ledger.looped("ask", "search_library");
      assertThat(till.told).singleElement().isEqualTo(new Alarm.Looping("ask", "search_library"));
      assertThat(((Alarm.Looping) till.told.getFirst()).words())
          .isEqualTo(
              "While it worked for \"ask\", a model asked for the tool search_library in the same"
                  + " way again and again. It was stopped, and answered with what it had. If that"
                  + " comes often, use another model there.");
    }
  }
}
