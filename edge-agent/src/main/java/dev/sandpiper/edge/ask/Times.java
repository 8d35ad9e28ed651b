package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.library.DocumentFilter.Facets;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The time a question speaks of, when that is clear: `in March 2025`, `since 2024`, `letztes
/// Jahr`.
final class Times {
  private final Lexicon lexicon;
  private final List<String> words;
  private final LocalDate today;

  Times(Lexicon lexicon, List<String> words, LocalDate today) {
    this.lexicon = lexicon;
    this.words = words;
    this.today = today;
  }

  /// From a day to before another; either may be open.
  private record Span(@Nullable LocalDate from, @Nullable LocalDate to) {}

  Facets hint() {
    for (int at = 0; at < words.size(); at++) {
      Optional<Span> span = spanAt(at);
      if (span.isPresent()) {
        return new Facets(null, instant(span.get().from()), instant(span.get().to()), null, null);
      }
    }
    return Facets.ANY;
  }

  private static java.time.@Nullable Instant instant(@Nullable LocalDate day) {
    return day == null ? null : day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private Optional<Span> spanAt(int at) {
    if (is(at, "time.today")) {
      return Optional.of(new Span(today, today.plusDays(1)));
    }
    if (is(at, "time.yesterday")) {
      return Optional.of(new Span(today.minusDays(1), today));
    }
    if (is(at, "time.last") || is(at, "time.this")) {
      return relative(at + 1, is(at, "time.last") ? 1 : 0);
    }
    int month = monthAt(at);
    boolean monthOfYear = month > 0 && year(at + 1) > 0;
    int year = year(monthOfYear ? at + 1 : at);
    if (year == 0) {
      return Optional.empty();
    }
    LocalDate from = LocalDate.of(year, monthOfYear ? month : 1, 1);
    return bounded(at - 1, from, from.plus(monthOfYear ? Period.ofMonths(1) : Period.ofYears(1)));
  }

  /// A year by itself may be part of a name or a number; with a word before it, it is a time.
  private Optional<Span> bounded(int before, LocalDate from, LocalDate to) {
    if (is(before, "time.since")) {
      return Optional.of(new Span(from, null));
    }
    if (is(before, "time.before")) {
      return Optional.of(new Span(null, from));
    }
    if (is(before, "time.in") || is(before, "time.year") || monthAt(before + 1) > 0) {
      return Optional.of(new Span(from, to));
    }
    return Optional.empty();
  }

  private Optional<Span> relative(int at, int back) {
    if (is(at, "time.year")) {
      LocalDate from = today.withDayOfYear(1).minusYears(back);
      return Optional.of(new Span(from, from.plusYears(1)));
    }
    if (is(at, "time.month")) {
      LocalDate from = today.withDayOfMonth(1).minusMonths(back);
      return Optional.of(new Span(from, from.plusMonths(1)));
    }
    if (is(at, "time.week")) {
      LocalDate from = today.minusDays(today.getDayOfWeek().getValue() - 1L).minusWeeks(back);
      return Optional.of(new Span(from, from.plusWeeks(1)));
    }
    return Optional.empty();
  }

  private boolean is(int at, String key) {
    return at >= 0 && at < words.size() && lexicon.set(key).contains(words.get(at));
  }

  private int monthAt(int at) {
    return at >= 0 && at < words.size() ? lexicon.list("months").indexOf(words.get(at)) + 1 : 0;
  }

  private int year(int at) {
    return at >= 0 && at < words.size() && words.get(at).matches("(19|20)\\d\\d")
        ? Integer.parseInt(words.get(at))
        : 0;
  }
}
