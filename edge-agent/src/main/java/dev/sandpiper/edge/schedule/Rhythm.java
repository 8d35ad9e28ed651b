package dev.sandpiper.edge.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// When something happens. A further kind is a record here, its text in [#of], and its words in
/// [WhenReader].
public sealed interface Rhythm {

  /// Once.
  record Once(Instant at) implements Rhythm {}

  /// On these days of every week.
  record Weekly(Set<DayOfWeek> days, LocalTime time) implements Rhythm {
    public Weekly {
      if (days.isEmpty()) {
        throw new IllegalArgumentException("a week has at least one day");
      }
      days = Set.copyOf(days);
    }
  }

  /// Every so often.
  ///
  /// @param from when it began
  record Every(Duration period, Instant from) implements Rhythm {}

  /// The first time after an instant; empty when there is none any more.
  ///
  /// A time that a change of clocks leaves out is met when the clocks have changed; one that comes
  /// twice is met the first time.
  default Optional<Instant> after(Instant instant, ZoneId zone) {
    return switch (this) {
      case Once(Instant at) -> at.isAfter(instant) ? Optional.of(at) : Optional.empty();
      case Weekly weekly -> Optional.of(weekly(weekly, instant, zone));
      case Every(Duration period, Instant from) -> {
        long passed = Math.max(0, Duration.between(from, instant).toMillis());
        yield Optional.of(from.plus(period.multipliedBy(passed / period.toMillis() + 1)));
      }
    };
  }

  private static Instant weekly(Weekly weekly, Instant instant, ZoneId zone) {
    LocalDate day = instant.atZone(zone).toLocalDate();
    while (true) {
      Instant at = ZonedDateTime.of(day, weekly.time(), zone).toInstant();
      if (at.isAfter(instant) && weekly.days().contains(day.getDayOfWeek())) {
        return at;
      }
      day = day.plusDays(1);
    }
  }

  /// As it stands in the database: `once 2026-…`, `weekly MONDAY,FRIDAY 08:00`, `every PT2H
  /// 2026-…`.
  default String text() {
    return switch (this) {
      case Once(Instant at) -> "once " + at;
      case Weekly(Set<DayOfWeek> days, LocalTime time) ->
          "weekly "
              + days.stream().sorted().map(DayOfWeek::name).collect(Collectors.joining(","))
              + " "
              + time;
      case Every(Duration period, Instant from) -> "every " + period + " " + from;
    };
  }

  /// Reads what [#text] wrote.
  static Rhythm of(String text) {
    String[] parts = text.split(" ", -1);
    return switch (parts[0]) {
      case "once" -> new Once(Instant.parse(parts[1]));
      case "weekly" ->
          new Weekly(
              EnumSet.copyOf(
                  Arrays.stream(parts[1].split(",", -1)).map(DayOfWeek::valueOf).toList()),
              LocalTime.parse(parts[2]));
      case "every" -> new Every(Duration.parse(parts[1]), Instant.parse(parts[2]));
      default -> throw new IllegalArgumentException("not a rhythm: " + text);
    };
  }
}
