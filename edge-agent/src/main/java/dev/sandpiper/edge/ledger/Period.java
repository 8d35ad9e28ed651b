package dev.sandpiper.edge.ledger;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// How long a budget lasts.
public enum Period {
  /// From midnight to midnight in the owner's zone.
  DAY,
  /// A calendar month there.
  MONTH;

  /// Its first day.
  LocalDate first(LocalDate day) {
    return switch (this) {
      case DAY -> day;
      case MONTH -> day.withDayOfMonth(1);
    };
  }

  /// When the next one begins.
  ZonedDateTime next(LocalDate day, ZoneId zone) {
    return switch (this) {
      case DAY -> day.plusDays(1).atStartOfDay(zone);
      case MONTH -> day.withDayOfMonth(1).plusMonths(1).atStartOfDay(zone);
    };
  }
}
