package dev.sandpiper.edge.work.letter;

import dev.sandpiper.edge.config.LetterConfig;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.NewJob;
import dev.sandpiper.edge.queue.Priority;
import dev.sandpiper.edge.store.Tx;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/// When letters are due. Each is known by the ISO week in which it is due, so that it is written
/// once, whatever the clock does. Methods belong to the caller's transaction.
public final class Letters {

  /// The kind of its jobs; the subject names the week, the payload is the day it is due.
  public static final String KIND = "letter";

  /// Three years of weeks.
  private static final Duration KEPT = Duration.ofDays(1_100);

  private final LetterConfig config;
  private final ZoneId zone;
  private final JobQueue queue;
  private final InstantSource clock;

  /// @param zone the owner's
  public Letters(LetterConfig config, ZoneId zone, JobQueue queue, InstantSource clock) {
    this.config = config;
    this.zone = zone;
    this.queue = queue;
    this.clock = clock;
  }

  /// Sees that the next letter is planned, and the last one when it was missed. Without spending
  /// there is nothing to write of yet.
  public void plan(Tx tx) {
    if (config.day().isEmpty() || !anySpending(tx)) {
      return;
    }
    LocalDate last = last(config.day().get());
    if (!anyWritten(tx)) {
      written(tx, last); // it would be of a time before anybody was to be told
    }
    if (!isWritten(tx, last)) {
      enqueue(tx, last);
    }
    enqueue(tx, last.plusWeeks(1));
  }

  private static boolean anySpending(Tx tx) {
    return tx.queryOne("SELECT 1 FROM spending_days LIMIT 1", row -> row.number(1)).isPresent();
  }

  private static boolean anyWritten(Tx tx) {
    return tx.queryOne("SELECT 1 FROM letters LIMIT 1", row -> row.number(1)).isPresent();
  }

  /// The latest day on which one was due.
  private LocalDate last(DayOfWeek day) {
    ZonedDateTime now = clock.instant().atZone(zone);
    LocalDate latest = now.toLocalDate().with(TemporalAdjusters.previousOrSame(day));
    return due(latest).isAfter(now.toInstant()) ? latest.minusWeeks(1) : latest;
  }

  private Instant due(LocalDate day) {
    return ZonedDateTime.of(day, LocalTime.of(config.hour(), 0), zone).toInstant();
  }

  private void enqueue(Tx tx, LocalDate day) {
    String subject = KIND + ":" + week(day);
    if (queue.unfinished(tx, subject).isEmpty()) {
      long _ =
          queue.enqueue(tx, NewJob.of(KIND, Priority.ANSWER, subject, "\"" + day + "\""), due(day));
    }
  }

  /// Whether the letter of that day is written.
  boolean isWritten(Tx tx, LocalDate day) {
    return tx.queryOne("SELECT 1 FROM letters WHERE week=?", row -> row.number(1), week(day))
        .isPresent();
  }

  /// Notes that it is.
  void written(Tx tx, LocalDate day) {
    Instant now = clock.instant();
    tx.update("INSERT OR IGNORE INTO letters (week, at) VALUES (?, ?)", week(day), now);
    tx.update("DELETE FROM letters WHERE at < ?", now.minus(KEPT));
  }

  /// `2026-W49`.
  static String week(LocalDate day) {
    return String.format(
        Locale.ROOT,
        "%d-W%02d",
        day.get(IsoFields.WEEK_BASED_YEAR),
        day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }

  /// Whether a letter is wanted of a week without spending.
  boolean wantsNothing() {
    return config.whenNothing();
  }
}
