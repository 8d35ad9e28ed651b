package dev.sandpiper.parser.format.xlsx;

import dev.sandpiper.parser.format.xlsx.FormatSection.Piece;
import dev.sandpiper.parser.format.xlsx.FormatSection.Token;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// Shows a number through the digits of a format section.
final class NumberShown {

  private final List<Token> tokens;
  private int integerDigits;
  private int fractionDigits;
  private int requiredFraction;
  private int exponentDigits;
  private int scale;
  private boolean grouped;
  private boolean fraction;
  private boolean exponent;

  private NumberShown(List<Token> tokens) {
    this.tokens = tokens;
    survey();
  }

  static String show(FormatSection section, double size, boolean negative) {
    NumberShown shown = new NumberShown(section.tokens());
    String text =
        shown.fraction
            ? shown.asFraction(size)
            : shown.exponent ? shown.scientific(size) : shown.decimal(size);
    boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
    return ((negative && !zero ? "-" : "") + text).strip();
  }

  private void survey() {
    boolean point = false;
    int pendingCommas = 0;
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.get(i).piece()) {
        case DIGIT -> {
          if (exponent) {
            exponentDigits++;
          } else if (point) {
            fractionDigits++;
            requiredFraction = tokens.get(i).text().equals("0") ? fractionDigits : requiredFraction;
          } else {
            grouped |= pendingCommas > 0 && integerDigits > 0;
            integerDigits++;
          }
          pendingCommas = 0;
        }
        case POINT -> {
          scale -= integerDigits > 0 ? 3 * pendingCommas : 0;
          pendingCommas = 0;
          point = true;
        }
        case COMMA -> pendingCommas++;
        case PERCENT -> scale += 2;
        case EXPONENT -> exponent = true;
        case SLASH -> fraction |= integerDigits > 0 && !point;
        default -> {}
      }
    }
    scale -= 3 * pendingCommas;
  }

  private String decimal(double size) {
    BigDecimal value =
        new BigDecimal(Double.toString(size))
            .scaleByPowerOfTen(scale)
            .setScale(fractionDigits, RoundingMode.HALF_UP);
    String plain = value.toPlainString();
    int point = plain.indexOf('.');
    String whole = point < 0 ? plain : plain.substring(0, point);
    String part = point < 0 ? "" : plain.substring(point + 1);
    return layOut(whole.equals("0") ? "" : whole, optionalZerosCut(part));
  }

  private String optionalZerosCut(String part) {
    int end = part.length();
    while (end > requiredFraction && part.charAt(end - 1) == '0') {
      end--;
    }
    return part.substring(0, end);
  }

  /// Fills digits into the places: the first integer place takes all that are left over.
  private String layOut(String whole, String part) {
    StringBuilder text = new StringBuilder();
    int placesLeft = integerDigits;
    int used = 0;
    int partUsed = 0;
    boolean point = false;
    for (Token token : tokens) {
      switch (token.piece()) {
        case DIGIT -> {
          if (point) {
            text.append(partUsed < part.length() ? part.substring(partUsed, partUsed + 1) : "");
            partUsed++;
          } else {
            int upTo = Math.max(used, whole.length() - placesLeft + 1);
            appendWhole(text, whole, used, upTo, placesLeft, token.text());
            used = upTo;
            placesLeft--;
          }
        }
        case POINT -> {
          text.append(integerDigits == 0 ? whole : "");
          text.append(part.isEmpty() && requiredFraction == 0 && fractionDigits > 0 ? "" : ".");
          point = true;
        }
        case COMMA -> {}
        case PERCENT, LITERAL, SLASH -> text.append(token.text());
        default -> {}
      }
    }
    return text.toString();
  }

  private void appendWhole(
      StringBuilder text, String whole, int from, int upTo, int placesLeft, String place) {
    if (from == upTo) {
      if (place.equals("0")) {
        text.append('0');
        group(text, placesLeft - 1);
      }
      return;
    }
    for (int i = from; i < upTo; i++) {
      text.append(whole.charAt(i));
      group(text, whole.length() - 1 - i);
    }
  }

  private void group(StringBuilder text, int digitsAfter) {
    if (grouped && digitsAfter > 0 && digitsAfter % 3 == 0) {
      text.append(',');
    }
  }

  private String scientific(double size) {
    BigDecimal value = new BigDecimal(Double.toString(size));
    int power = value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
    BigDecimal mantissa =
        value.scaleByPowerOfTen(-power).setScale(fractionDigits, RoundingMode.HALF_UP);
    if (mantissa.compareTo(BigDecimal.TEN) >= 0) {
      power++;
      mantissa = mantissa.movePointLeft(1).setScale(fractionDigits, RoundingMode.HALF_UP);
    }
    StringBuilder digits = new StringBuilder(Integer.toString(Math.abs(power)));
    while (digits.length() < exponentDigits) {
      digits.insert(0, '0');
    }
    boolean plus =
        tokens.stream()
            .anyMatch(token -> token.piece() == Piece.EXPONENT && token.text().endsWith("+"));
    return mantissa.toPlainString() + "E" + (power < 0 ? "-" : plus ? "+" : "") + digits;
  }

  private String asFraction(double size) {
    long whole = (long) Math.floor(size);
    double rest = size - whole;
    int places = 0;
    boolean slash = false;
    for (Token token : tokens) {
      slash |= token.piece() == Piece.SLASH;
      places += slash && token.piece() == Piece.DIGIT ? 1 : 0;
    }
    int largest = places >= 3 ? 999 : places == 2 ? 99 : 9;
    int bestBelow = 1;
    long bestAbove = Math.round(rest);
    double bestError = Math.abs(rest - bestAbove);
    for (int below = 2; below <= largest; below++) {
      long above = Math.round(rest * below);
      double error = Math.abs(rest - (double) above / below);
      if (error < bestError - 1e-12) {
        bestError = error;
        bestBelow = below;
        bestAbove = above;
      }
    }
    if (bestBelow == 1) {
      return Long.toString(whole + bestAbove);
    }
    String part = bestAbove + "/" + bestBelow;
    return whole == 0 ? part : whole + " " + part;
  }
}
