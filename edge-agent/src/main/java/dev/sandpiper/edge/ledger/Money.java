package dev.sandpiper.edge.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/// Money in millionths of a US dollar.
public final class Money {

  private static final int CENTS = 2;
  private static final int MICROS = 6;

  private Money() {}

  /// The least whole number of millionths that is not less.
  public static long micros(BigDecimal dollars) {
    return dollars.movePointRight(MICROS).setScale(0, RoundingMode.CEILING).longValueExact();
  }

  /// As dollars.
  public static BigDecimal dollars(long micros) {
    return BigDecimal.valueOf(micros, MICROS);
  }

  /// `$1.50`, `$0.000312`: cents, and as many digits more as there are.
  public static String text(long micros) {
    BigDecimal dollars = BigDecimal.valueOf(Math.abs(micros), MICROS).stripTrailingZeros();
    BigDecimal shown = dollars.scale() < CENTS ? dollars.setScale(CENTS) : dollars;
    return String.format(Locale.ROOT, "%s$%s", micros < 0 ? "-" : "", shown.toPlainString());
  }
}
