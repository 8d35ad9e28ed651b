package dev.sandpiper.parser.format.xlsx;

import dev.sandpiper.parser.format.xlsx.FormatSection.Piece;
import dev.sandpiper.parser.format.xlsx.FormatSection.Token;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/// Shows a day count through the date letters of a format section.
final class DateShown {

  private static final double LAST_DAY = 2_958_466;
  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final LocalDateTime BASE_1900 = LocalDate.of(1899, 12, 30).atStartOfDay();
  private static final LocalDateTime BASE_1904 = LocalDate.of(1904, 1, 1).atStartOfDay();
  private static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");
  private static final List<String> DAYS =
      List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

  private final List<Token> tokens;
  private final LocalDateTime time;
  private final long millis;
  private final boolean twelveHours;

  private DateShown(List<Token> tokens, double serial, boolean date1904) {
    this.tokens = tokens;
    long exact = Math.round(serial * MILLIS_PER_DAY);
    this.millis = showsFraction(tokens) ? exact : Math.round(exact / 1000.0) * 1000;
    LocalDateTime base = date1904 ? BASE_1904 : BASE_1900;
    // Excel counts a 29 February 1900 that never was.
    LocalDateTime shifted = !date1904 && serial < 60 ? base.plusDays(1) : base;
    this.time =
        shifted.plusNanos(millis % MILLIS_PER_DAY * 1_000_000).plusDays(millis / MILLIS_PER_DAY);
    this.twelveHours = tokens.stream().anyMatch(token -> token.piece() == Piece.AM_PM);
  }

  static String show(FormatSection section, double serial, boolean date1904) {
    if (serial < 0 || serial > LAST_DAY) {
      return NumberFormat.general(serial);
    }
    return new DateShown(section.tokens(), serial, date1904).text().strip();
  }

  private static boolean showsFraction(List<Token> tokens) {
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).piece() == Piece.POINT && tokens.get(i + 1).piece() == Piece.DIGIT) {
        return true;
      }
    }
    return false;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int fractionPlace = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      switch (token.piece()) {
        case DATE -> text.append(letter(token.text(), i));
        case ELAPSED -> text.append(elapsed(token.text()));
        case AM_PM -> text.append(halfDay(token.text()));
        case DIGIT -> {
          int divisor = fractionPlace == 0 ? 100 : fractionPlace == 1 ? 10 : 1;
          text.append(fractionPlace < 3 ? millis % 1000 / divisor % 10 : 0);
          fractionPlace++;
        }
        case LITERAL, POINT, COMMA, SLASH, PERCENT, EXPONENT -> text.append(token.text());
        case GENERAL -> {}
      }
    }
    return text.toString();
  }

  private String halfDay(String token) {
    String half = time.getHour() < 12 ? "AM" : "PM";
    return token.length() == 3 ? half.substring(0, 1) : half;
  }

  private String elapsed(String unit) {
    long amount =
        switch (unit.charAt(0)) {
          case 'h' -> millis / 3_600_000;
          case 'm' -> millis / 60_000;
          default -> millis / 1000;
        };
    return padded(amount, unit.length());
  }

  private String letter(String run, int index) {
    return switch (run.charAt(0)) {
      case 'y' -> run.length() <= 2 ? padded(time.getYear() % 100, 2) : padded(time.getYear(), 4);
      case 'd' -> day(run.length());
      case 'h' -> padded(hour(), run.length());
      case 's' -> padded(time.getSecond(), run.length());
      default ->
          run.length() <= 2 && isMinutes(index)
              ? padded(time.getMinute(), run.length())
              : month(run.length());
    };
  }

  private int hour() {
    int hour = time.getHour();
    return twelveHours ? (hour + 11) % 12 + 1 : hour;
  }

  private String day(int length) {
    String name = DAYS.get(time.getDayOfWeek().getValue() - 1);
    return switch (length) {
      case 1, 2 -> padded(time.getDayOfMonth(), length);
      case 3 -> name.substring(0, 3);
      default -> name;
    };
  }

  private String month(int length) {
    String name = MONTHS.get(time.getMonthValue() - 1);
    return switch (length) {
      case 1, 2 -> padded(time.getMonthValue(), length);
      case 3 -> name.substring(0, 3);
      case 5 -> name.substring(0, 1);
      default -> name;
    };
  }

  /// `m` means minutes right after hours or right before seconds.
  private boolean isMinutes(int index) {
    return neighbour(index, -1).startsWith("h") || neighbour(index, 1).startsWith("s");
  }

  private String neighbour(int index, int step) {
    for (int i = index + step; i >= 0 && i < tokens.size(); i += step) {
      Piece piece = tokens.get(i).piece();
      if (piece == Piece.DATE || piece == Piece.ELAPSED) {
        return tokens.get(i).text();
      }
    }
    return "";
  }

  private static String padded(long value, int length) {
    String digits = Long.toString(value);
    return digits.length() < length ? "0".repeat(length - digits.length()) + digits : digits;
  }
}
