package dev.sandpiper.edge.rhythm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class CronTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static List<String> coming(String line, String from, int most) {
    Timing timing = new Timing(RhythmReader.read(line, Instant.EPOCH), BERLIN);
    Instant start = ZonedDateTime.parse(from + "[Europe/Berlin]").toInstant();
    return timing.coming(start, most).stream()
        .map(slot -> slot.at().atZone(BERLIN).toOffsetDateTime().toString())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 8 * * 1-5 | 2026-12-04T08:00+01:00 2026-12-07T08:00+01:00",
        "@daily | 2026-12-05T00:00+01:00 2026-12-06T00:00+01:00",
        "@HOURLY | 2026-12-04T01:00+01:00 2026-12-04T02:00+01:00",
        "*/20 9-10 * * * | 2026-12-04T09:00+01:00 2026-12-04T09:20+01:00",
        "5,35 0 * dec fri | 2026-12-04T00:05+01:00 2026-12-04T00:35+01:00",
        "0 0 13 * 5 | 2026-12-11T00:00+01:00 2026-12-13T00:00+01:00",
        "0 0 */2 * 5 | 2026-12-11T00:00+01:00 2026-12-25T00:00+01:00",
        "0 9 L * * | 2026-12-31T09:00+01:00 2027-01-31T09:00+01:00",
        "0 9 L-2 * * | 2026-12-29T09:00+01:00 2027-01-29T09:00+01:00",
        "0 9 LW * * | 2026-12-31T09:00+01:00 2027-01-29T09:00+01:00",
        "0 9 1W 5 * | 2027-05-03T09:00+02:00 2028-05-01T09:00+02:00",
        "0 9 15W * * | 2026-12-15T09:00+01:00 2027-01-15T09:00+01:00",
        "0 9 * * 5#2 | 2026-12-11T09:00+01:00 2027-01-08T09:00+01:00",
        "0 9 * * friL | 2026-12-25T09:00+01:00 2027-01-29T09:00+01:00",
        "0 9 * * sat-sun | 2026-12-05T09:00+01:00 2026-12-06T09:00+01:00",
        "0 9 * * 7 | 2026-12-06T09:00+01:00 2026-12-13T09:00+01:00",
        "0 0 29 2 * | 2028-02-29T00:00+01:00 2032-02-29T00:00+01:00",
        "daily 8:30 | 2026-12-04T08:30+01:00 2026-12-05T08:30+01:00",
        "weekly mon,Friday 08:00 | 2026-12-04T08:00+01:00 2026-12-07T08:00+01:00",
      })
  void aLineMeansWhatVixieMeans(String line, String expected) {
    assertThat(coming(line, "2026-12-04T00:00+01:00", 2)).containsExactly(expected.split(" ", -1));
  }

  @Test
  void aTimeThatIsLeftOutComesOnceWhenTheClocksHaveChanged() {
    assertThat(coming("30 2 * * *", "2026-03-28T03:00+01:00", 3))
        .containsExactly(
            "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00", "2026-03-31T02:30+02:00");
    assertThat(coming("0,30 2 * * *", "2026-03-29T00:00+01:00", 2))
        .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00");
    assertThat(coming("0 2,3 * * *", "2026-03-29T00:00+01:00", 2))
        .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00");
  }

  @Test
  void aTimeThatComesTwiceIsMetOnce() {
    assertThat(coming("30 2 * * *", "2026-10-25T00:00+02:00", 2))
        .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
  }

  @Test
  void aStarGoesByTheTimeThatPasses() {
    assertThat(coming("30 * * * *", "2026-10-25T01:00+02:00", 4))
        .containsExactly(
            "2026-10-25T01:30+02:00",
            "2026-10-25T02:30+02:00",
            "2026-10-25T02:30+01:00",
            "2026-10-25T03:30+01:00");
    assertThat(coming("30 * * * *", "2026-03-29T01:00+01:00", 2))
        .containsExactly("2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "61 * * * * | field 1 (minute) has \"61\"; allowed are 0 to 59, *, lists 1,5, ranges 1-5,"
            + " steps */2 and 1-5/2",
        "0 8,25 * * * | field 2 (hour) has \"25\" in \"8,25\"; allowed are 0 to 23, *, lists 1,5,"
            + " ranges 1-5, steps */2 and 1-5/2",
        "0 0 5/2 * * | field 3 (day of the month) has \"5/2\"; allowed are 1 to 31, *, lists 1,5,"
            + " ranges 1-5, steps */2 and 1-5/2, L, L-3, 15W and LW; a step needs a range, as in"
            + " 5-31/2",
        "0 0 * foo * | field 4 (month) has \"foo\"; allowed are 1 to 12 or jan to dec, *, lists 1,5,"
            + " ranges 1-5, steps */2 and 1-5/2",
        "0 0 * * 5-2 | field 5 (day of the week) has \"5-2\"; allowed are 0 to 7 or sun to sat, *,"
            + " lists 1,5, ranges 1-5, steps */2 and 1-5/2, 5L and 5#2; a range goes up",
        "0 0 31 2 * | \"0 0 31 2 *\" never comes: no month 2 has a day of the month 31",
        "@often | \"@often\" is not known; there are @hourly, @daily, @midnight, @weekly, @monthly,"
            + " @yearly and @annually",
        "cron 0 0 * * | \"0 0 * *\" has 4 fields instead of 5: minute hour day-of-month month"
            + " day-of-week, as in 0 8 * * 1-5",
        "sometimes | \"sometimes\" says no time; write a cron line (0 8 * * 1-5), daily 08:00, weekly"
            + " mon,fri 08:00, every 2h or once 2026-12-24 18:00",
      })
  void whatIsWrongIsSaidWithItsField(String line, String message) {
    assertThatThrownBy(() -> RhythmReader.read(line, Instant.EPOCH))
        .isInstanceOf(RhythmException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "* * * * * *",
        "*/0 * * * *",
        "*/99999999999 * * * *",
        "-1 * * * *",
        "1- * * * *",
        ",1 * * * *",
        "0 0 L-31 * *",
        "0 0 0W * *",
        "0 0 * * 8",
        "0 0 * * 1#6",
        "0 0 * * L",
        "9999999999999 * * * *",
        "every",
        "every 0h",
        "daily 25:00",
        "weekly xyz 08:00",
        "once 2026-02-30 08:00",
        "0 0 30 2 mon-",
        "@reboot"
      })
  void nothingWrongIsTaken(String line) {
    assertThatThrownBy(() -> RhythmReader.read(line, Instant.EPOCH))
        .isInstanceOf(RhythmException.class);
  }

  @Test
  void theHoursOfTheDayBoundIt() {
    Timing day =
        new Timing(
            RhythmReader.read("0 */6 * * *", Instant.EPOCH), BERLIN, Hours.of("08:00-22:00"));
    assertThat(day.coming(Instant.parse("2026-12-01T00:00:00Z"), 3))
        .extracting(slot -> slot.at().toString())
        .containsExactly("2026-12-01T11:00:00Z", "2026-12-01T17:00:00Z", "2026-12-02T11:00:00Z");
    Timing night = new Timing(day.rhythm(), BERLIN, Hours.of("22:00-7:00"));
    assertThat(night.coming(Instant.parse("2026-12-01T00:00:00Z"), 2))
        .extracting(slot -> slot.at().toString())
        .containsExactly("2026-12-01T05:00:00Z", "2026-12-01T23:00:00Z");
  }
}
