package dev.sandpiper.edge.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.rhythm.Rhythm;
import dev.sandpiper.edge.rhythm.RhythmException;
import dev.sandpiper.edge.rhythm.Slot;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhenReaderTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /// A Tuesday, 13:00 there.
  private static final ZonedDateTime NOW = Instant.parse("2026-11-24T12:00:00Z").atZone(BERLIN);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tomorrow 9:00 call Anna | 2026-11-25T08:00:00Z | call Anna",
        "tomorrow at 9 call Anna | 2026-11-25T08:00:00Z | call Anna",
        "me tomorrow to call Anna | 2026-11-25T08:00:00Z | call Anna",
        "call Anna tomorrow at 9:00 | 2026-11-25T08:00:00Z | call Anna",
        "pay 20 to Tom in 2 days | 2026-11-26T12:00:00Z | pay 20 to Tom",
        "in 2h tea | 2026-11-24T14:00:00Z | tea",
        "in 1h30m tea | 2026-11-24T13:30:00Z | tea",
        "in 2 hours and 5 minutes tea | 2026-11-24T14:05:00Z | tea",
        "in half an hour tea | 2026-11-24T12:30:00Z | tea",
        "in einer halben Stunde Tee | 2026-11-24T12:30:00Z | Tee",
        "in an hour tea | 2026-11-24T13:00:00Z | tea",
        "in einer Woche Müll | 2026-12-01T12:00:00Z | Müll",
        "in 3 Tagen Müll | 2026-11-27T12:00:00Z | Müll",
        "24.12. 18:00 presents | 2026-12-24T17:00:00Z | presents",
        "am 24.12. um 18 Uhr Geschenke | 2026-12-24T17:00:00Z | Geschenke",
        "24.12 18:00 Geschenke | 2026-12-24T17:00:00Z | Geschenke",
        "24.12.2027 Geschenke | 2027-12-24T08:00:00Z | Geschenke",
        "2027-01-02 10:15 plan | 2027-01-02T09:15:00Z | plan",
        "1.2. plan | 2027-02-01T08:00:00Z | plan",
        "morgen früh um 8 Anna | 2026-11-25T07:00:00Z | Anna",
        "morgen um 18 Uhr 30 Anna | 2026-11-25T17:30:00Z | Anna",
        "übermorgen Abend Anna | 2026-11-26T18:00:00Z | Anna",
        "heute abend Anna | 2026-11-24T18:00:00Z | Anna",
        "tonight at 8pm Anna | 2026-11-24T19:00:00Z | Anna",
        "Friday 9am Anna | 2026-11-27T08:00:00Z | Anna",
        "nächsten Dienstag Anna | 2026-12-01T08:00:00Z | Anna",
        "9:00 Anna | 2026-11-25T08:00:00Z | Anna",
        "15:00 Anna | 2026-11-24T14:00:00Z | Anna",
        "9:00 tomorrow Anna | 2026-11-25T08:00:00Z | Anna",
        "at 12 am Anna | 2026-11-24T23:00:00Z | Anna",
        "do laundry tomorrow | 2026-11-25T08:00:00Z | do laundry",
      })
  void onceIsUnderstoodInBothLanguages(String text, Instant at, String rest) {
    Optional<WhenReader.When> when = WhenReader.read(text, NOW);
    assertThat(when)
        .flatMap(w -> w.rhythm().after(Instant.EPOCH, BERLIN).map(Slot::at))
        .contains(at);
    assertThat(when).map(WhenReader.When::rest).contains(rest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "every day 8:00 water | weekly MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY,SATURDAY,SUNDAY 08:00 | water",
        "jeden Tag um 8 gießen | weekly MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY,SATURDAY,SUNDAY 08:00 | gießen",
        "täglich 8:00 gießen | weekly MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY,SATURDAY,SUNDAY 08:00 | gießen",
        "every Monday, Wednesday and Friday at 7:30 run | weekly MONDAY,WEDNESDAY,FRIDAY 07:30 | run",
        "jeden Montag und Freitag laufen | weekly MONDAY,FRIDAY 09:00 | laufen",
        "montags 8:00 Müll | weekly MONDAY 08:00 | Müll",
        "mondays bins | weekly MONDAY 09:00 | bins",
        "every weekday 8:00 up | weekly MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY 08:00 | up",
        "werktags 8:00 auf | weekly MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY 08:00 | auf",
        "every week on Monday bins | weekly MONDAY 09:00 | bins",
        "every morning coffee | weekly MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY,SATURDAY,SUNDAY 09:00 | coffee",
        "every 2 hours stretch | every PT2H 2026-11-24T12:00:00Z | stretch",
        "alle 30 Minuten strecken | every PT30M 2026-11-24T12:00:00Z | strecken",
        "every hour stretch | every PT1H 2026-11-24T12:00:00Z | stretch",
        "stündlich strecken | every PT1H 2026-11-24T12:00:00Z | strecken",
        "stretch every 2 hours | every PT2H 2026-11-24T12:00:00Z | stretch",
      })
  void againAndAgainIsUnderstoodInBothLanguages(String text, String rhythm, String rest) {
    Optional<WhenReader.When> when = WhenReader.read(text, NOW);
    assertThat(when).map(w -> w.rhythm().text()).contains(rhythm);
    assertThat(when).map(WhenReader.When::rest).contains(rest);
    assertThat(Rhythm.of(rhythm).text()).isEqualTo(rhythm);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 8 * * 1-5 water | cron 0 8 * * 1-5 | water",
        "cron */15 9-17 * * mon-fri ask what came | cron */15 9-17 * * mon-fri | ask what came",
        "@daily water | cron @daily | water",
        "0 9 L * * rent | cron 0 9 L * * | rent",
        "0 9 * dec 5#2 party | cron 0 9 * dec 5#2 | party",
      })
  void aCronLineIsUnderstood(String text, String rhythm, String rest) {
    Optional<WhenReader.When> when = WhenReader.read(text, NOW);
    assertThat(when).map(w -> w.rhythm().text()).contains(rhythm);
    assertThat(when).map(WhenReader.When::rest).contains(rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "call Anna",
        "",
        "9",
        "31.02. x",
        "25:00 x",
        "in",
        "in x",
        "in 2",
        "every",
        "every x",
        "99.99.9999 x",
        "in 999999999999h x",
        "9.30 x",
        "13pm x"
      })
  void whatHasNoTimeIsNotGuessed(String text) {
    assertThat(WhenReader.read(text, NOW)).isEmpty();
  }

  @Test
  @Timeout(120)
  void anythingCanBeRead() {
    String[] words = {
      "in",
      "every",
      "at",
      "9",
      "9:00",
      "2h",
      "tomorrow",
      "24.12.",
      "am",
      "pm",
      "um",
      "Uhr",
      "jeden",
      "and",
      "half",
      "an",
      "hour",
      "Montag",
      "montags",
      "x",
      "999999",
      "days",
      "tonight",
      "früh",
      "on",
      "0h",
      "2027-02-30",
      "every",
      "week"
    };
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(8); j >= 0; j--) {
        text.append(words[random.nextInt(words.length)]).append(' ');
      }
      try {
        WhenReader.read(text.toString(), NOW)
            .ifPresent(
                when -> assertThat(Rhythm.of(when.rhythm().text())).isEqualTo(when.rhythm()));
      } catch (RhythmException e) {
        // It begins as a cron line does, and is none.
        assertThat(e).hasMessageStartingWith("field ");
      }
    }
    assertThat(WhenReader.read("x ".repeat(50_000), NOW)).isEmpty();
  }

  @Test
  void aTimeThatTheClocksSkipIsMetAfterwardsAndATwofoldOneOnce() {
    Rhythm daily =
        Rhythm.of("weekly MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY,SATURDAY,SUNDAY 02:30");
    assertThat(daily.after(Instant.parse("2027-03-27T12:00:00Z"), BERLIN))
        .map(Slot::at)
        .contains(Instant.parse("2027-03-28T01:00:00Z"));
    Instant first = Instant.parse("2026-10-25T00:30:00Z");
    assertThat(daily.after(Instant.parse("2026-10-24T12:00:00Z"), BERLIN))
        .map(Slot::at)
        .contains(first);
    assertThat(daily.after(first, BERLIN))
        .map(Slot::at)
        .contains(Instant.parse("2026-10-26T01:30:00Z"));
  }

  @Test
  void anIntervalKeepsItsBeat() {
    Rhythm every = Rhythm.of("every PT2H 2026-11-24T12:00:00Z");
    assertThat(every.after(Instant.parse("2026-11-24T12:00:00Z"), BERLIN))
        .map(Slot::at)
        .contains(Instant.parse("2026-11-24T14:00:00Z"));
    assertThat(every.after(Instant.parse("2026-11-25T13:59:59Z"), BERLIN))
        .map(Slot::at)
        .contains(Instant.parse("2026-11-25T14:00:00Z"));
  }
}
