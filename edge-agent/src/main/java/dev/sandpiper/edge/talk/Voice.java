package dev.sandpiper.edge.talk;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/// How one person is spoken to: their language, and their way of writing numbers, dates and sizes.
///
/// @param zone the time zone they are shown
public record Voice(Messages messages, Locale locale, ZoneId zone) {
  private static final int LONGEST_ARGUMENT = 300;
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  /// A text.
  public String say(String key, Object... args) {
    return messages.text(locale, key, args);
  }

  /// A day and a time.
  public String time(Instant instant) {
    return usual(
        DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
            .withLocale(form())
            .format(instant.atZone(zone)));
  }

  /// A day.
  public String day(LocalDate day) {
    return usual(
        DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(form()).format(day));
  }

  /// A number of bytes, rounded.
  public String size(long bytes) {
    if (bytes < 1_000) {
      return number(bytes) + " B";
    }
    double value = bytes / 1_000.0;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1_000;
      unit++;
    }
    NumberFormat format = NumberFormat.getNumberInstance(form());
    format.setMaximumFractionDigits(value < 10 ? 1 : 0);
    return format.format(value) + " " + UNITS[unit];
  }

  /// A number.
  public String number(long number) {
    return NumberFormat.getIntegerInstance(form()).format(number);
  }

  /// A share of 1, as a percentage.
  public String percent(double share) {
    return usual(NumberFormat.getPercentInstance(form()).format(share));
  }

  /// A sum of money, to as many places as it needs.
  ///
  /// @param currency such as `USD`
  public String money(BigDecimal amount, String currency) {
    NumberFormat format = NumberFormat.getCurrencyInstance(form());
    format.setCurrency(Currency.getInstance(currency));
    boolean small = amount.signum() != 0 && amount.abs().compareTo(BigDecimal.ONE) < 0;
    format.setMinimumFractionDigits(small ? 4 : 2);
    format.setMaximumFractionDigits(small ? 4 : 2);
    return usual(format.format(amount));
  }

  /// A sum of dollars with all its digits, at least two and at most six of them behind the point.
  public String dollars(BigDecimal amount) {
    NumberFormat format = NumberFormat.getCurrencyInstance(form());
    format.setCurrency(Currency.getInstance("USD"));
    format.setMinimumFractionDigits(2);
    format.setMaximumFractionDigits(6);
    return usual(format.format(amount));
  }

  /// A text whose arguments are still values: dollars as [BigDecimal] and instants as
  /// [ZonedDateTime] are written as the language does, and a [String] forms nothing.
  public String tell(String key, List<Object> args) {
    return say(key, args.stream().map(this::written).toArray());
  }

  private Object written(Object arg) {
    return switch (arg) {
      case BigDecimal amount -> dollars(amount);
      case ZonedDateTime at ->
          new Voice(messages, locale, at.getZone()).time(at.toInstant())
              + " ("
              + at.getZone()
              + ")";
      case String text -> Markdown.plain(text, LONGEST_ARGUMENT);
      default -> arg;
    };
  }

  /// English that does not say where from is written with the day first and 24 hours, which cannot
  /// be misread.
  private Locale form() {
    return locale.equals(Locale.ENGLISH) || !messages.speaks(locale.getLanguage())
        ? Locale.UK
        : locale;
  }

  /// Some spaces that locales use are not in every phone's font.
  private static String usual(String text) {
    return text.replace('\u202f', ' ').replace('\u00a0', ' ');
  }
}
