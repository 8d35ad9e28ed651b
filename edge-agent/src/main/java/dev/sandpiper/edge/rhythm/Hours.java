package dev.sandpiper.edge.rhythm;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of each day in which something may happen; it may go over midnight.
///
/// @param from the first moment
/// @param to the first moment after it
public record Hours(LocalTime from, LocalTime to) {
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,2}:\\d{2})\\s*-\\s*(\\d{1,2}:\\d{2})");

  public Hours {
    if (from.equals(to)) {
      throw new IllegalArgumentException("begin and end differ, as in 08:00-22:00");
    }
  }

  boolean holds(LocalTime time) {
    boolean afterFrom = !time.isBefore(from);
    boolean beforeTo = time.isBefore(to);
    return from.isBefore(to) ? afterFrom && beforeTo : afterFrom || beforeTo;
  }

  /// Reads `08:00-22:00`.
  ///
  /// @throws RhythmException when it is nothing like it
  public static Hours of(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (matcher.matches()) {
      try {
        return new Hours(time(matcher.group(1)), time(matcher.group(2)));
      } catch (IllegalArgumentException | DateTimeException e) {
        throw new RhythmException("\"" + text + "\" is no part of a day: " + e.getMessage(), e);
      }
    }
    throw new RhythmException("\"" + text + "\" is no part of a day; write it as 08:00-22:00");
  }

  private static LocalTime time(String text) {
    return LocalTime.parse(text.length() == 4 ? "0" + text : text);
  }

  @Override
  public String toString() {
    return from + "-" + to;
  }
}
