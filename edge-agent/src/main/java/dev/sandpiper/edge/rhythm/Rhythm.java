package dev.sandpiper.edge.rhythm;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// When something happens. A further kind is a record here, its text in [#of], and its words in
/// [RhythmReader].
public sealed interface Rhythm {

  /// Once, at an instant.
  record Once(Instant at) implements Rhythm {}

  /// Once, when the clocks show this.
  record At(LocalDateTime wall) implements Rhythm {}

  /// On these days of every week; all seven: daily.
  record Weekly(Set<DayOfWeek> days, LocalTime time) implements Rhythm {
    public Weekly {
      if (days.isEmpty()) {
        throw new IllegalArgumentException("a week has at least one day");
      }
      days = Set.copyOf(days);
    }
  }

  /// Every so often: time that has passed, whatever the clocks do.
  ///
  /// @param from when it began
  record Every(Duration period, Instant from) implements Rhythm {
    public Every {
      if (period.toMillis() < 1) {
        throw new IllegalArgumentException("a period is longer than nothing");
      }
    }
  }

  /// As a line of a crontab says.
  record ByCron(Cron cron) implements Rhythm {}

  /// The first time after an instant; empty when there is none any more.
  ///
  /// A time that a change of clocks leaves out is met when the clocks have changed; one that comes
  /// twice is met the first time. A cron line with `*` for the minute or the hour, and what comes
  /// every so often, go by the time that passes.
  default Optional<Slot> after(Instant instant, ZoneId zone) {
    return switch (this) {
      case Once(Instant at) -> Optional.of(Slot.of(at)).filter(slot -> slot.at().isAfter(instant));
      case Every(Duration period, Instant from) -> {
        long passed = Math.max(0, Duration.between(from, instant).toMillis());
        yield Optional.of(Slot.of(from.plus(period.multipliedBy(passed / period.toMillis() + 1))));
      }
      case ByCron(Cron cron) when cron.isElapsed() -> cron.after(instant, zone).map(Slot::of);
      case At _, Weekly _, ByCron _ -> {
        Optional<LocalDateTime> wall = wallFrom(instant.atZone(zone).toLocalDateTime());
        Optional<Slot> slot = wall.map(time -> Slot.of(time, zone));
        while (slot.isPresent() && !slot.get().at().isAfter(instant)) {
          slot = wallFrom(slot.get().wall().plusNanos(1)).map(time -> Slot.of(time, zone));
        }
        yield slot;
      }
    };
  }

  /// The time after another one of this rhythm. Two that a change of clocks makes one are one.
  default Optional<Slot> next(Slot last, ZoneId zone) {
    if (!last.isWall()) {
      return after(last.at(), zone);
    }
    Optional<Slot> slot = Optional.of(last);
    do {
      slot = wallFrom(slot.get().wall().plusNanos(1)).map(time -> Slot.of(time, zone));
    } while (slot.isPresent() && slot.get().at().equals(last.at()));
    return slot;
  }

  /// The first time on the wall that is not before another.
  private Optional<LocalDateTime> wallFrom(LocalDateTime from) {
    return switch (this) {
      case At(LocalDateTime wall) -> wall.isBefore(from) ? Optional.empty() : Optional.of(wall);
      case Weekly(Set<DayOfWeek> days, LocalTime time) -> {
        LocalDate day = from.toLocalDate();
        while (!days.contains(day.getDayOfWeek()) || day.atTime(time).isBefore(from)) {
          day = day.plusDays(1);
        }
        yield Optional.of(day.atTime(time));
      }
      case ByCron(Cron cron) -> cron.wallFrom(from);
      case Once _, Every _ -> Optional.empty();
    };
  }

  /// As it stands in the database: `once 2026-…Z`, `at 2026-…`, `weekly MONDAY,FRIDAY 08:00`,
  /// `every PT2H 2026-…Z`, `cron 0 8 * * 1-5`.
  default String text() {
    return switch (this) {
      case Once(Instant at) -> "once " + at;
      case At(LocalDateTime wall) -> "at " + wall;
      case Weekly(Set<DayOfWeek> days, LocalTime time) ->
          "weekly "
              + days.stream().sorted().map(DayOfWeek::name).collect(Collectors.joining(","))
              + " "
              + time;
      case Every(Duration period, Instant from) -> "every " + period + " " + from;
      case ByCron(Cron cron) -> "cron " + cron.line();
    };
  }

  /// Reads what [#text] wrote.
  static Rhythm of(String text) {
    String[] parts = text.split(" ", -1);
    return switch (parts[0]) {
      case "once" -> new Once(Instant.parse(parts[1]));
      case "at" -> new At(LocalDateTime.parse(parts[1]));
      case "weekly" ->
          new Weekly(
              EnumSet.copyOf(
                  Arrays.stream(parts[1].split(",", -1)).map(DayOfWeek::valueOf).toList()),
              LocalTime.parse(parts[2]));
      case "every" -> new Every(Duration.parse(parts[1]), Instant.parse(parts[2]));
      case "cron" -> new ByCron(Cron.of(text.substring("cron ".length())));
      default -> throw new IllegalArgumentException("not a rhythm: " + text);
    };
  }
}
