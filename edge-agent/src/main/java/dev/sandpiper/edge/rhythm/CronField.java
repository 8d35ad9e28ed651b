package dev.sandpiper.edge.rhythm;

import dev.sandpiper.edge.rhythm.CronDays.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one field of a cron line.
enum CronField {
  MINUTE(1, "minute", 0, 59, "", ""),
  HOUR(2, "hour", 0, 23, "", ""),
  DAY(3, "day of the month", 1, 31, "", ", L, L-3, 15W and LW"),
  MONTH(4, "month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec", ""),
  WEEKDAY(5, "day of the week", 0, 7, "sun mon tue wed thu fri sat", ", 5L and 5#2");

  private static final Pattern ITEM =
      Pattern.compile("(\\*|([0-9a-z]+)(?:-([0-9a-z]+))?)(?:/([0-9]+))?");
  private static final Pattern LAST_DAY = Pattern.compile("l(?:-([0-9]{1,2}))?");
  private static final Pattern NEAREST = Pattern.compile("(l|[0-9]{1,2})w");
  private static final Pattern LAST_WEEKDAY = Pattern.compile("([0-9a-z]+)l");
  private static final Pattern NTH_WEEKDAY = Pattern.compile("([0-9a-z]+)#([0-9])");

  private final int place;
  private final String title;
  private final int least;
  private final int most;
  private final String names;
  private final String more;

  CronField(int place, String title, int least, int most, String names, String more) {
    this.place = place;
    this.title = title;
    this.least = least;
    this.most = most;
    this.names = names;
    this.more = more;
  }

  /// The values it names, a bit for each.
  long bits(String field) {
    long bits = 0;
    for (String item : items(field)) {
      bits |= item(field, item);
    }
    return bits;
  }

  /// The days it names.
  CronDays.Field days(String field) {
    long bits = 0;
    List<Rule> rules = new ArrayList<>();
    for (String item : items(field)) {
      Optional<Rule> rule = rule(field, item);
      rule.ifPresent(rules::add);
      bits |= rule.isPresent() ? 0 : item(field, item);
    }
    return new CronDays.Field(field.startsWith("*"), bits, rules);
  }

  private static String[] items(String field) {
    return field.toLowerCase(Locale.ROOT).split(",", -1);
  }

  private long item(String field, String item) {
    Matcher matcher = ITEM.matcher(item);
    if (!matcher.matches()) {
      throw wrong(field, item, "");
    }
    boolean all = matcher.group(1).equals("*");
    int from = all ? least : value(field, item, matcher.group(2));
    int to = all ? most : from;
    if (matcher.group(3) != null) {
      to = value(field, item, matcher.group(3));
      to = this == WEEKDAY && to == 0 && from > 0 ? 7 : to;
    }
    if (to < from) {
      throw wrong(field, item, "; a range goes up");
    }
    int step = 1;
    if (matcher.group(4) != null) {
      if (!all && matcher.group(3) == null) {
        throw wrong(
            field,
            item,
            "; a step needs a range, as in %d-%d/%s".formatted(from, most, matcher.group(4)));
      }
      step = step(field, item, matcher.group(4));
    }
    long bits = 0;
    for (int value = from; value <= to; value += step) {
      bits |= 1L << (this == WEEKDAY ? value % 7 : value);
    }
    return bits;
  }

  private int step(String field, String item, String text) {
    int step = text.length() > 3 ? 0 : Integer.parseInt(text);
    if (step < 1 || step > most) {
      throw wrong(field, item, "; a step is 1 to " + most);
    }
    return step;
  }

  private int value(String field, String item, String text) {
    int name = List.of(names.split(" ", -1)).indexOf(text);
    if (name >= 0 && !names.isEmpty()) {
      return name + (this == MONTH ? 1 : 0);
    }
    boolean number = text.chars().allMatch(c -> c >= '0' && c <= '9');
    int value = number && text.length() <= 3 ? Integer.parseInt(text) : -1;
    if (value < least || value > most) {
      throw wrong(field, item, "");
    }
    return value;
  }

  private Optional<Rule> rule(String field, String item) {
    Matcher last = LAST_DAY.matcher(item);
    Matcher nearest = NEAREST.matcher(item);
    Matcher lastWeekday = LAST_WEEKDAY.matcher(item);
    Matcher nth = NTH_WEEKDAY.matcher(item);
    if (this == DAY && last.matches()) {
      int before = last.group(1) == null ? 0 : Integer.parseInt(last.group(1));
      if (before > 30) {
        throw wrong(field, item, "; at most L-30");
      }
      return Optional.of(new Rule.Last(before));
    }
    if (this == DAY && nearest.matches()) {
      boolean end = nearest.group(1).equals("l");
      return Optional.of(new Rule.Nearest(end ? 0 : value(field, item, nearest.group(1))));
    }
    if (this == WEEKDAY && nth.matches()) {
      int number = Integer.parseInt(nth.group(2));
      if (number < 1 || number > 5) {
        throw wrong(field, item, "; a month has the first to the fifth");
      }
      return Optional.of(new Rule.NthWeekday(value(field, item, nth.group(1)) % 7, number));
    }
    if (this == WEEKDAY && lastWeekday.matches()) {
      return Optional.of(new Rule.LastWeekday(value(field, item, lastWeekday.group(1)) % 7));
    }
    return Optional.empty();
  }

  private RhythmException wrong(String field, String item, String why) {
    String all = field.equalsIgnoreCase(item) ? "" : " in \"" + field + "\"";
    String named =
        names.isEmpty()
            ? ""
            : " or " + names.substring(0, 3) + " to " + names.substring(names.length() - 3);
    return new RhythmException(
        "field %d (%s) has \"%s\"%s; allowed are %d to %d%s, *, lists 1,5, ranges 1-5, steps */2 and 1-5/2%s%s"
            .formatted(place, title, item, all, least, most, named, more, why));
  }
}
