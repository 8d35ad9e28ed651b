package dev.sandpiper.edge.rhythm;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a rhythm as an operator writes it, strictly: a cron line, `daily 08:00`, `weekly mon,fri
/// 08:00`, `every 2h`, `once 2026-12-24 18:00`.
public final class RhythmReader {
  private static final Pattern DAILY = Pattern.compile("daily (\\d{1,2}:\\d{2})");
  private static final Pattern WEEKLY =
      Pattern.compile("weekly ([a-z]+(?:,[a-z]+)*) (\\d{1,2}:\\d{2})");
  private static final Pattern EVERY =
      Pattern.compile("every (?:(\\d{1,3})d)?(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?");
  private static final Pattern ONCE =
      Pattern.compile("once (\\d{4}-\\d{2}-\\d{2})[ t](\\d{1,2}:\\d{2})");

  private RhythmReader() {}

  /// Reads it.
  ///
  /// @param now from when `every` counts
  /// @throws RhythmException that says what is wrong and what is allowed
  public static Rhythm read(String text, Instant now) {
    String plain = text.strip().replaceAll("\\s+", " ");
    String words = plain.toLowerCase(Locale.ROOT);
    if (words.startsWith("cron ")) {
      return new Rhythm.ByCron(Cron.of(plain.substring("cron ".length())));
    }
    if (Cron.isLike(plain)) {
      return new Rhythm.ByCron(Cron.of(plain));
    }
    try {
      Matcher daily = DAILY.matcher(words);
      if (daily.matches()) {
        return new Rhythm.Weekly(EnumSet.allOf(DayOfWeek.class), time(daily.group(1)));
      }
      Matcher weekly = WEEKLY.matcher(words);
      if (weekly.matches()) {
        return new Rhythm.Weekly(days(weekly.group(1)), time(weekly.group(2)));
      }
      Matcher every = EVERY.matcher(words);
      if (every.matches()) {
        return new Rhythm.Every(span(every), now);
      }
      Matcher once = ONCE.matcher(words);
      if (once.matches()) {
        return new Rhythm.At(LocalDate.parse(once.group(1)).atTime(time(once.group(2))));
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new RhythmException("\"" + plain + "\" says no time: " + e.getMessage(), e);
    }
    throw new RhythmException(
        "\"%s\" says no time; write a cron line (0 8 * * 1-5), daily 08:00, weekly mon,fri 08:00, every 2h or once 2026-12-24 18:00"
            .formatted(plain));
  }

  private static LocalTime time(String text) {
    return LocalTime.parse(text.length() == 4 ? "0" + text : text);
  }

  private static Duration span(Matcher every) {
    Duration span =
        Duration.ofDays(number(every.group(1)))
            .plusHours(number(every.group(2)))
            .plusMinutes(number(every.group(3)));
    if (span.isZero()) {
      throw new IllegalArgumentException("a span is written as 30m, 2h or 1d12h");
    }
    return span;
  }

  private static long number(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static Set<DayOfWeek> days(String list) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String word : list.split(",", -1)) {
      DayOfWeek found = null;
      for (DayOfWeek day : DayOfWeek.values()) {
        String name = day.name().toLowerCase(Locale.ROOT);
        found = name.equals(word) || name.substring(0, 3).equals(word) ? day : found;
      }
      if (found == null) {
        throw new IllegalArgumentException("\"" + word + "\" is no day; they are mon to sun");
      }
      days.add(found);
    }
    return days;
  }
}
