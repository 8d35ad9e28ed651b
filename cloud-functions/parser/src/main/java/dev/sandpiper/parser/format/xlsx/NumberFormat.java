package dev.sandpiper.parser.format.xlsx;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// A number format: shows a stored number as a person sees it.
final class NumberFormat {

  private static final int LONGEST_CODE = 512;
  private static final MathContext SHOWN_DIGITS = new MathContext(15, RoundingMode.HALF_UP);
  private static final BigDecimal PLAIN_LIMIT = new BigDecimal("1e15");
  private static final BigDecimal SMALL_LIMIT = new BigDecimal("1e-7");

  /// The format of cells without one.
  static final NumberFormat GENERAL = new NumberFormat(List.of());

  private final List<FormatSection> sections;

  private NumberFormat(List<FormatSection> sections) {
    this.sections = sections;
  }

  /// The format of a code; unreasonably long codes count as General.
  static NumberFormat of(String code) {
    if (code.length() > LONGEST_CODE || code.equalsIgnoreCase("general") || code.equals("@")) {
      return GENERAL;
    }
    List<FormatSection> sections = new ArrayList<>();
    int at = 0;
    while (at <= code.length()) {
      int end = sectionEnd(code, at);
      sections.add(FormatSection.parse(code.substring(at, end)));
      at = end + 1;
    }
    return new NumberFormat(sections);
  }

  private static int sectionEnd(String code, int from) {
    for (int i = from; i < code.length(); i++) {
      switch (code.charAt(i)) {
        case ';' -> {
          return i;
        }
        case '"' -> i = skipTo(code, '"', i);
        case '[' -> i = skipTo(code, ']', i);
        case '\\', '_', '*' -> i++;
        default -> {}
      }
    }
    return code.length();
  }

  private static int skipTo(String code, char close, int from) {
    int end = code.indexOf(close, from + 1);
    return end < 0 ? code.length() : end;
  }

  /// Shows a number.
  ///
  /// @param date1904 whether dates count from 1904
  String show(double value, boolean date1904) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    if (sections.isEmpty()) {
      return general(value);
    }
    FormatSection section = choose(value);
    boolean negative = value < 0 && !ownsSign(section);
    return section.show(Math.abs(value), negative, date1904);
  }

  private FormatSection choose(double value) {
    for (FormatSection section : sections) {
      if (section.condition() != null && section.condition().test(value)) {
        return section;
      }
    }
    int count = sections.size();
    if (sections.getFirst().condition() != null) {
      return sections.get(count - 1);
    }
    if (value < 0 && count > 1) {
      return sections.get(1);
    }
    return value == 0 && count > 2 ? sections.get(2) : sections.getFirst();
  }

  /// A section for negative numbers shows the sign itself.
  private boolean ownsSign(FormatSection section) {
    return sections.size() > 1
        && section.equals(sections.get(1))
        && sections.getFirst().condition() == null;
  }

  /// A number without a format: at most 15 digits, never a needless exponent.
  static String general(double value) {
    BigDecimal shown = new BigDecimal(Double.toString(value)).round(SHOWN_DIGITS);
    if (shown.signum() == 0) {
      return "0";
    }
    shown = shown.stripTrailingZeros();
    BigDecimal size = shown.abs();
    if (size.compareTo(PLAIN_LIMIT) >= 0 || size.compareTo(SMALL_LIMIT) < 0) {
      return shown.round(new MathContext(6)).stripTrailingZeros().toString();
    }
    return shown.toPlainString();
  }
}
