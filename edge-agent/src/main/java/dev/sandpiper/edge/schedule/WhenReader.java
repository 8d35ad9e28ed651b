package dev.sandpiper.edge.schedule;

import dev.sandpiper.edge.rhythm.Cron;
import dev.sandpiper.edge.rhythm.Rhythm;
import dev.sandpiper.edge.rhythm.RhythmException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads when something is to happen, as people write it in English and German, in either language
/// whatever they speak: `tomorrow 9:00 call Anna`, `in 2h …`, `am 24.12. um 18:00 …`, `every Monday
/// 8:00 …`, `… übermorgen um 9`.
public final class WhenReader {
  private static final int MOST_WORDS = 200;

  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{2})(am|pm)?");
  private static final Pattern HOUR = Pattern.compile("(\\d{1,2})(am|pm|h|uhr)?");
  private static final Pattern ISO_DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
  private static final Pattern DOTTED =
      Pattern.compile("(\\d{1,2})\\.(\\d{1,2})\\.?(\\d{4}|\\d{2})?");

  /// Five fields, the first two of which have no letters; or a name.
  private static final Pattern CRON =
      Pattern.compile(
          "(?is)(?:cron\\s+)?(@[a-z]+|(?:[0-9*][0-9*,/-]*\\s+){2}[0-9*LW][0-9*,/LW-]*\\s+"
              + "[0-9*a-z,/-]*[0-9*][0-9*,/-]*\\s+[0-9*a-z,/#-]+|(?:[0-9*][0-9*,/-]*\\s+){2}"
              + "[0-9*LW][0-9*,/LW-]*\\s+[a-z]{3}(?:[,-][a-z]{3})*\\s+[0-9*a-z,/#-]+)"
              + "(?:\\s+(\\S.*))?");

  private static final Pattern SPAN = Pattern.compile("(\\d{1,6})([\\p{L}]*)");

  private final String text;
  private final ZonedDateTime now;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private WhenReader(String text, ZonedDateTime now) {
    this.text = text;
    this.now = now;
    Matcher matcher = WORD.matcher(text);
    while (matcher.find() && tokens.size() < MOST_WORDS) {
      String word = matcher.group().toLowerCase(Locale.ROOT);
      tokens.add(new Token(word.replaceFirst("[,;]$", ""), matcher.start(), matcher.end()));
    }
  }

  private record Token(String word, int start, int end) {}

  /// What was understood.
  ///
  /// @param rest what is to happen then, as it was written
  public record When(Rhythm rhythm, String rest) {}

  /// Reads a text that has a time at its beginning or at its end, or a cron line at its beginning;
  /// empty when it has none.
  ///
  /// @param now with the time zone of the person
  /// @throws RhythmException when it begins with a cron line in which something is wrong
  public static Optional<When> read(String text, ZonedDateTime now) {
    Matcher cron = CRON.matcher(text.strip());
    if (cron.matches()) {
      String rest = cron.group(2) == null ? "" : cron.group(2).strip();
      return Optional.of(new When(new Rhythm.ByCron(Cron.of(cron.group(1))), rest));
    }
    WhenReader reader = new WhenReader(text, now);
    reader.skip("me", "mich", "mir");
    Optional<Rhythm> rhythm = reader.rhythm();
    if (rhythm.isPresent()) {
      reader.skip("to", "that", "dass", "an", "daran:", ":");
      return Optional.of(new When(rhythm.get(), reader.rest()));
    }
    for (int start = 1; start < reader.tokens.size(); start++) {
      reader.at = start;
      rhythm = reader.rhythm();
      if (rhythm.isPresent() && reader.at == reader.tokens.size()) {
        String before = text.substring(0, reader.tokens.get(start).start()).strip();
        return Optional.of(new When(rhythm.get(), before.replaceFirst("[,;:]$", "")));
      }
    }
    return Optional.empty();
  }

  private String rest() {
    return at < tokens.size() ? text.substring(tokens.get(at).start()).strip() : "";
  }

  private Optional<Rhythm> rhythm() {
    int start = at;
    List<@Nullable Rhythm> tries = new ArrayList<>();
    tries.add(again());
    if (tries.getLast() == null) {
      at = start;
      tries.add(inSpan());
    }
    if (tries.getLast() == null) {
      at = start;
      tries.add(onDay());
    }
    if (tries.getLast() == null) {
      at = start;
    }
    return Optional.ofNullable(tries.getLast());
  }

  /// `every …`, `jeden …`, `alle …`, `daily`, `montags`.
  private @Nullable Rhythm again() {
    if (skip("daily", "täglich")) {
      return new Rhythm.Weekly(EnumSet.allOf(DayOfWeek.class), timeOr(WhenWords.MORNING));
    }
    if (skip("hourly", "stündlich")) {
      return new Rhythm.Every(Duration.ofHours(1), now.toInstant());
    }
    if (skip("weekdays", "werktags")) {
      return weekdays();
    }
    DayOfWeek regular = regular(word());
    if (regular != null) {
      at++;
      return new Rhythm.Weekly(days(EnumSet.of(regular), true), timeOr(WhenWords.MORNING));
    }
    return skip("every", "each", "jeden", "jede", "jedes", "alle") ? every() : null;
  }

  private @Nullable Rhythm every() {
    if (skip("weekday", "werktag")) {
      return weekdays();
    }
    if (isClockNext("day", "tag", "morning", "morgen", "evening", "abend", "noon", "mittag")) {
      LocalTime usual = WhenWords.PARTS.getOrDefault(word(), WhenWords.MORNING);
      at++;
      return new Rhythm.Weekly(EnumSet.allOf(DayOfWeek.class), timeOr(usual));
    }
    DayOfWeek day = WhenWords.DAYS.get(word());
    if (day != null) {
      at++;
      return new Rhythm.Weekly(days(EnumSet.of(day), false), timeOr(WhenWords.MORNING));
    }
    Duration unit = WhenWords.UNITS.get(word());
    if (unit != null && word().length() > 1) {
      at++;
      return unit.toDays() >= 7
          ? new Rhythm.Weekly(
              days(EnumSet.noneOf(DayOfWeek.class), false), timeOr(WhenWords.MORNING))
          : new Rhythm.Every(unit, now.toInstant());
    }
    Duration period = span();
    return period == null ? null : new Rhythm.Every(period, now.toInstant());
  }

  private boolean isClockNext(String... words) {
    return List.of(words).contains(word());
  }

  private Rhythm weekdays() {
    return new Rhythm.Weekly(
        EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), timeOr(WhenWords.MORNING));
  }

  /// `…, Wednesday and Friday`; without any, today's day.
  private Set<DayOfWeek> days(EnumSet<DayOfWeek> days, boolean regular) {
    skip("on", "am");
    int start = at;
    while (at < tokens.size()) {
      boolean and = skip("and", "und", "&");
      DayOfWeek next = regular ? regular(word()) : WhenWords.DAYS.get(word());
      if (next == null) {
        at = and ? start : at;
        break;
      }
      days.add(next);
      at++;
      start = at;
    }
    return days.isEmpty() ? EnumSet.of(now.getDayOfWeek()) : days;
  }

  /// `montags`, `mondays`.
  private static @Nullable DayOfWeek regular(String word) {
    return word.length() > 4 && word.endsWith("s")
        ? WhenWords.DAYS.get(word.substring(0, word.length() - 1))
        : null;
  }

  /// `in 2 hours and 30 minutes`.
  private @Nullable Rhythm inSpan() {
    if (!skip("in")) {
      return null;
    }
    Duration span = span();
    return span == null ? null : new Rhythm.Once(now.toInstant().plus(span));
  }

  private @Nullable Duration span() {
    boolean half = skip("half");
    if (skip("a", "an", "einer", "einem", "one") || half) {
      half |= skip("halben", "half");
      Duration unit = WhenWords.UNITS.get(word());
      at++;
      return unit == null ? null : unit.dividedBy(half ? 2 : 1);
    }
    Duration sum = Duration.ZERO;
    while (at < tokens.size()) {
      int start = at;
      skip("and", "und");
      Duration part = part();
      if (part == null) {
        at = start;
        break;
      }
      sum = sum.plus(part);
    }
    return sum.isZero() ? null : sum;
  }

  /// `2h`, `1h30m`, `2 hours`.
  private @Nullable Duration part() {
    String word = word();
    Duration sum = Duration.ZERO;
    int from = 0;
    Matcher matcher = SPAN.matcher(word);
    while (from < word.length() && matcher.find(from) && matcher.start() == from) {
      String unit = matcher.group(2);
      if (unit.isEmpty()) {
        if (from > 0 || at + 1 >= tokens.size()) {
          return null;
        }
        at++;
        unit = word();
      }
      Duration each = WhenWords.UNITS.get(unit);
      if (each == null) {
        return null;
      }
      sum = sum.plus(each.multipliedBy(Long.parseLong(matcher.group(1))));
      from = matcher.end();
    }
    if (from < word.length() || sum.isZero()) {
      return null;
    }
    at++;
    return sum;
  }

  /// A day, a time, or both.
  private @Nullable Rhythm onDay() {
    skip("on", "am", "den", "next", "nächsten");
    LocalDate day = day();
    LocalTime time = time(day != null);
    if (day == null && time == null) {
      return null;
    }
    if (day == null) {
      day = day(); // 9:00 tomorrow
    }
    LocalTime when = time == null ? WhenWords.MORNING : time;
    if (day != null) {
      return new Rhythm.At(day.atTime(when));
    }
    ZonedDateTime today = ZonedDateTime.of(now.toLocalDate(), when, now.getZone());
    return new Rhythm.At((today.isAfter(now) ? today : today.plusDays(1)).toLocalDateTime());
  }

  private @Nullable LocalDate day() {
    LocalDate today = now.toLocalDate();
    if (skip("today", "heute") || isTonight()) {
      return today;
    }
    if (skip("tomorrow", "morgen")) {
      return today.plusDays(1);
    }
    if (skip("übermorgen")) {
      return today.plusDays(2);
    }
    DayOfWeek weekday = WhenWords.DAYS.get(word());
    if (weekday != null) {
      at++;
      int ahead = Math.floorMod(weekday.getValue() - today.getDayOfWeek().getValue(), 7);
      return today.plusDays(ahead == 0 ? 7 : ahead);
    }
    LocalDate date = date(word(), today, isTimeNext());
    if (date != null) {
      at++;
    }
    return date;
  }

  /// `tonight` is a day here and a time afterwards.
  private boolean isTonight() {
    return word().equals("tonight");
  }

  private boolean isTimeNext() {
    String next = at + 1 < tokens.size() ? tokens.get(at + 1).word() : "";
    return next.equals("um") || next.equals("at") || CLOCK.matcher(next).matches();
  }

  private static @Nullable LocalDate date(String word, LocalDate today, boolean timeNext) {
    try {
      Matcher iso = ISO_DATE.matcher(word);
      if (iso.matches()) {
        return LocalDate.of(number(iso, 1), number(iso, 2), number(iso, 3));
      }
      Matcher dotted = DOTTED.matcher(word);
      if (!dotted.matches()) {
        return null;
      }
      if (dotted.group(3) != null) {
        int year = number(dotted, 3);
        return LocalDate.of(year < 100 ? 2_000 + year : year, number(dotted, 2), number(dotted, 1));
      }
      if (!word.endsWith(".") && !timeNext) {
        return null; // 9.30 may be a time, or a price
      }
      LocalDate thisYear = LocalDate.of(today.getYear(), number(dotted, 2), number(dotted, 1));
      return thisYear.isBefore(today) ? thisYear.plusYears(1) : thisYear;
    } catch (DateTimeException _) {
      return null;
    }
  }

  private LocalTime timeOr(LocalTime usual) {
    LocalTime time = time(true);
    return time == null ? usual : time;
  }

  /// @param afterDay whether a day stands before it, so that a part of one is enough
  private @Nullable LocalTime time(boolean afterDay) {
    int start = at;
    boolean announced = skip("at", "um", "@", "gegen");
    if (skip("tonight")) {
      return exactly(LocalTime.of(19, 0));
    }
    LocalTime time = clock(announced);
    if (time == null && (afterDay || announced)) {
      skip("in", "the", "am");
      time = WhenWords.PARTS.get(word());
      if (time != null) {
        at++;
        time = exactly(time);
      }
    }
    if (time == null) {
      at = start;
    }
    return time;
  }

  /// `morgen früh um 8`: what follows says it better than the part of the day.
  private LocalTime exactly(LocalTime part) {
    int start = at;
    LocalTime better = clock(skip("at", "um"));
    if (better == null) {
      at = start;
    }
    return better == null ? part : better;
  }

  private @Nullable LocalTime clock(boolean announced) {
    Matcher clock = CLOCK.matcher(word());
    if (clock.matches()) {
      at++;
      LocalTime time = of(number(clock, 1), number(clock, 2), half(clock.group(3)));
      skip("uhr");
      return time;
    }
    Matcher hour = HOUR.matcher(word());
    if (!hour.matches()) {
      return null;
    }
    String unit = hour.group(2);
    int start = at;
    at++;
    String half = unit == null ? half(null) : unit;
    if (unit == null && half == null && skip("uhr", "o'clock")) {
      half = "uhr";
    }
    if (half == null && !announced) {
      at = start;
      return null;
    }
    if ("uhr".equals(half) && word().matches("[0-5]\\d")) {
      LocalTime time = of(number(hour, 1), Integer.parseInt(word()), null);
      at++;
      return time;
    }
    return of(number(hour, 1), 0, half);
  }

  /// `am` or `pm`, also as a word of its own.
  private @Nullable String half(@Nullable String attached) {
    if (attached != null) {
      return attached;
    }
    if (word().equals("pm") || word().equals("am")) {
      String half = word();
      at++;
      return half;
    }
    return null;
  }

  private static @Nullable LocalTime of(int hour, int minute, @Nullable String half) {
    boolean twelve = "am".equals(half) || "pm".equals(half);
    if (hour > (twelve ? 12 : 23) || minute > 59 || (twelve && hour == 0)) {
      return null;
    }
    int offset = "pm".equals(half) ? 12 : 0;
    return LocalTime.of(twelve ? hour % 12 + offset : hour, minute);
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private String word() {
    return at < tokens.size() ? tokens.get(at).word() : "";
  }

  private boolean skip(String... words) {
    if (at < tokens.size() && List.of(words).contains(word())) {
      at++;
      return true;
    }
    return false;
  }
}
