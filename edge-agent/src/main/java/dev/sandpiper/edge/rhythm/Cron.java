package dev.sandpiper.edge.rhythm;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A line of a crontab: minute, hour, day of the month, month, day of the week, as Vixie's cron
/// understands it, with `L`, `W` and `#`.
///
/// @param line as it was written, with single spaces
/// @param minutes a bit for each
/// @param hours a bit for each
/// @param isElapsed whether it goes by the time that passes: minute or hour begins with `*`
public record Cron(String line, long minutes, long hours, CronDays days, boolean isElapsed) {
  /// A time further away never comes: a leap day may be eight years ahead.
  private static final int DAYS = 366 * 12;

  /// In 28 years every date meets every day of the week.
  private static final int CYCLE = 366 * 28;

  private static final LocalDate ANY_DAY = LocalDate.of(2_000, 1, 1);

  private static final Map<String, String> NAMES =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  /// Reads a line.
  ///
  /// @throws RhythmException that says which field is wrong and what is allowed there
  public static Cron of(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    String name = line.toLowerCase(Locale.ROOT);
    if (name.startsWith("@") && !NAMES.containsKey(name)) {
      throw new RhythmException(
          "\"%s\" is not known; there are @hourly, @daily, @midnight, @weekly, @monthly, @yearly and @annually"
              .formatted(line));
    }
    String[] fields = NAMES.getOrDefault(name, line).split(" ", -1);
    if (fields.length != 5) {
      throw new RhythmException(
          "\"%s\" has %d fields instead of 5: minute hour day-of-month month day-of-week, as in 0 8 * * 1-5"
              .formatted(line, line.isEmpty() ? 0 : fields.length));
    }
    CronDays days =
        new CronDays(
            CronField.DAY.days(fields[2]),
            CronField.MONTH.bits(fields[3]),
            CronField.WEEKDAY.days(fields[4]));
    Cron cron =
        new Cron(
            line,
            CronField.MINUTE.bits(fields[0]),
            CronField.HOUR.bits(fields[1]),
            days,
            fields[0].startsWith("*") || fields[1].startsWith("*"));
    if (cron.dayFrom(ANY_DAY, CYCLE).isEmpty()) {
      throw new RhythmException(
          "\"%s\" never comes: no month %s has a day of the month %s"
              .formatted(line, fields[3], fields[2]));
    }
    return cron;
  }

  /// Whether a text begins as a cron line does, so that what is wrong about it is told as such.
  public static boolean isLike(String text) {
    String line = text.strip();
    return line.startsWith("@") || line.matches("[0-9*][0-9*,/-]*(?:\\s+\\S+){4}");
  }

  private Optional<LocalDate> dayFrom(LocalDate from, int most) {
    LocalDate day = from;
    for (int i = 0; i < most; i++) {
      if (days.hold(day)) {
        return Optional.of(day);
      }
      day = day.plusDays(1);
    }
    return Optional.empty();
  }

  /// The first time on the wall that is not before another.
  Optional<LocalDateTime> wallFrom(LocalDateTime from) {
    LocalDateTime least = ceiling(from);
    Optional<LocalDate> day = dayFrom(least.toLocalDate(), DAYS);
    while (day.isPresent()) {
      boolean sameDay = day.get().equals(least.toLocalDate());
      int start = sameDay ? least.getHour() * 60 + least.getMinute() : 0;
      for (int minute = start; minute < 24 * 60; minute++) {
        if (!has(hours, minute / 60)) {
          minute += 59 - minute % 60;
        } else if (has(minutes, minute % 60)) {
          return Optional.of(day.get().atTime(minute / 60, minute % 60));
        }
      }
      day = dayFrom(day.get().plusDays(1), DAYS);
    }
    return Optional.empty();
  }

  private static LocalDateTime ceiling(LocalDateTime time) {
    LocalDateTime whole = time.truncatedTo(ChronoUnit.MINUTES);
    return whole.equals(time) ? whole : whole.plusMinutes(1);
  }

  /// The first minute after an instant in which the clocks show what it says.
  Optional<Instant> after(Instant instant, ZoneId zone) {
    Instant minute = instant.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
    Instant end = minute.plus(DAYS, ChronoUnit.DAYS);
    while (minute.isBefore(end)) {
      ZonedDateTime wall = minute.atZone(zone);
      if (!days.hold(wall.toLocalDate())) {
        minute = ahead(minute, zone, 24 * 60 - (wall.getHour() * 60 + wall.getMinute()));
      } else if (!has(hours, wall.getHour())) {
        minute = ahead(minute, zone, 60 - wall.getMinute());
      } else if (!has(minutes, wall.getMinute())) {
        minute = minute.plusSeconds(60);
      } else {
        return Optional.of(minute);
      }
    }
    return Optional.empty();
  }

  /// So many minutes on, but not beyond a change of clocks.
  private static Instant ahead(Instant from, ZoneId zone, int minutes) {
    Instant to = from.plus(minutes, ChronoUnit.MINUTES);
    ZoneOffsetTransition change = zone.getRules().nextTransition(from);
    return change != null && change.getInstant().isBefore(to)
        ? change.getInstant().plusSeconds(59).truncatedTo(ChronoUnit.MINUTES)
        : to;
  }

  static boolean has(long bits, int bit) {
    return (bits >> bit & 1) != 0;
  }
}
