package dev.sandpiper.edge.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;

/// The words in which people say when, in English and German.
final class WhenWords {
  /// When nobody says at what time of the day.
  static final LocalTime MORNING = LocalTime.of(9, 0);

  private WhenWords() {}

  static final Map<String, Duration> UNITS =
      Map.ofEntries(
          Map.entry("m", Duration.ofMinutes(1)),
          Map.entry("min", Duration.ofMinutes(1)),
          Map.entry("mins", Duration.ofMinutes(1)),
          Map.entry("minute", Duration.ofMinutes(1)),
          Map.entry("minutes", Duration.ofMinutes(1)),
          Map.entry("minuten", Duration.ofMinutes(1)),
          Map.entry("h", Duration.ofHours(1)),
          Map.entry("hour", Duration.ofHours(1)),
          Map.entry("hours", Duration.ofHours(1)),
          Map.entry("std", Duration.ofHours(1)),
          Map.entry("stunde", Duration.ofHours(1)),
          Map.entry("stunden", Duration.ofHours(1)),
          Map.entry("d", Duration.ofDays(1)),
          Map.entry("day", Duration.ofDays(1)),
          Map.entry("days", Duration.ofDays(1)),
          Map.entry("tag", Duration.ofDays(1)),
          Map.entry("tage", Duration.ofDays(1)),
          Map.entry("tagen", Duration.ofDays(1)),
          Map.entry("w", Duration.ofDays(7)),
          Map.entry("week", Duration.ofDays(7)),
          Map.entry("weeks", Duration.ofDays(7)),
          Map.entry("woche", Duration.ofDays(7)),
          Map.entry("wochen", Duration.ofDays(7)));

  static final Map<String, DayOfWeek> DAYS =
      Map.ofEntries(
          Map.entry("monday", DayOfWeek.MONDAY),
          Map.entry("mon", DayOfWeek.MONDAY),
          Map.entry("montag", DayOfWeek.MONDAY),
          Map.entry("tuesday", DayOfWeek.TUESDAY),
          Map.entry("tue", DayOfWeek.TUESDAY),
          Map.entry("dienstag", DayOfWeek.TUESDAY),
          Map.entry("wednesday", DayOfWeek.WEDNESDAY),
          Map.entry("wed", DayOfWeek.WEDNESDAY),
          Map.entry("mittwoch", DayOfWeek.WEDNESDAY),
          Map.entry("thursday", DayOfWeek.THURSDAY),
          Map.entry("thu", DayOfWeek.THURSDAY),
          Map.entry("donnerstag", DayOfWeek.THURSDAY),
          Map.entry("friday", DayOfWeek.FRIDAY),
          Map.entry("fri", DayOfWeek.FRIDAY),
          Map.entry("freitag", DayOfWeek.FRIDAY),
          Map.entry("saturday", DayOfWeek.SATURDAY),
          Map.entry("sat", DayOfWeek.SATURDAY),
          Map.entry("samstag", DayOfWeek.SATURDAY),
          Map.entry("sonnabend", DayOfWeek.SATURDAY),
          Map.entry("sunday", DayOfWeek.SUNDAY),
          Map.entry("sun", DayOfWeek.SUNDAY),
          Map.entry("sonntag", DayOfWeek.SUNDAY),
          Map.entry("so", DayOfWeek.SUNDAY));

  /// Parts of a day that stand for a time.
  static final Map<String, LocalTime> PARTS =
      Map.ofEntries(
          Map.entry("morning", MORNING),
          Map.entry("früh", MORNING),
          Map.entry("vormittag", LocalTime.of(10, 0)),
          Map.entry("noon", LocalTime.NOON),
          Map.entry("mittag", LocalTime.NOON),
          Map.entry("afternoon", LocalTime.of(15, 0)),
          Map.entry("nachmittag", LocalTime.of(15, 0)),
          Map.entry("evening", LocalTime.of(19, 0)),
          Map.entry("abend", LocalTime.of(19, 0)));
}
