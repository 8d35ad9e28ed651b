package dev.sandpiper.edge.rhythm;

import java.time.LocalDate;
import java.util.List;

/// The days of a cron line. When both the day of the month and the day of the week are restricted,
/// either is enough.
///
/// @param months a bit for each
record CronDays(Field month, long months, Field week) {

  /// One of the two fields.
  ///
  /// @param star whether it begins with `*`
  /// @param bits a bit for each day
  /// @param rules what needs the calendar
  record Field(boolean star, long bits, List<Rule> rules) {
    Field {
      rules = List.copyOf(rules);
    }

    boolean holds(int number, LocalDate day) {
      return Cron.has(bits, number) || rules.stream().anyMatch(rule -> rule.holds(day));
    }
  }

  /// A day that is found by looking at the month.
  sealed interface Rule {

    boolean holds(LocalDate day);

    /// `L`, `L-3`: the last day of the month, or so many before.
    record Last(int before) implements Rule {
      @Override
      public boolean holds(LocalDate day) {
        return day.getDayOfMonth() == day.lengthOfMonth() - before;
      }
    }

    /// `15W`, `LW`: the day from Monday to Friday that is nearest, within the month. A month
    /// without that day has none.
    ///
    /// @param number of the day; 0: the last
    record Nearest(int number) implements Rule {
      @Override
      public boolean holds(LocalDate day) {
        int length = day.lengthOfMonth();
        int wanted = number == 0 ? length : number;
        if (wanted > length) {
          return false;
        }
        LocalDate found = day.withDayOfMonth(wanted);
        int weekday = found.getDayOfWeek().getValue();
        int shift = 0;
        if (weekday == 6) {
          shift = wanted == 1 ? 2 : -1;
        } else if (weekday == 7) {
          shift = wanted == length ? -2 : 1;
        }
        return day.getDayOfMonth() == wanted + shift;
      }
    }

    /// `5L`: the last Friday of the month.
    record LastWeekday(int weekday) implements Rule {
      @Override
      public boolean holds(LocalDate day) {
        return day.getDayOfWeek().getValue() % 7 == weekday
            && day.getDayOfMonth() > day.lengthOfMonth() - 7;
      }
    }

    /// `5#2`: the second Friday of the month.
    record NthWeekday(int weekday, int nth) implements Rule {
      @Override
      public boolean holds(LocalDate day) {
        return day.getDayOfWeek().getValue() % 7 == weekday
            && (day.getDayOfMonth() - 1) / 7 + 1 == nth;
      }
    }
  }

  boolean hold(LocalDate day) {
    if (!Cron.has(months, day.getMonthValue())) {
      return false;
    }
    boolean byMonth = month.holds(day.getDayOfMonth(), day);
    boolean byWeek = week.holds(day.getDayOfWeek().getValue() % 7, day);
    return (month.star() || week.star()) ? byMonth && byWeek : byMonth || byWeek;
  }
}
