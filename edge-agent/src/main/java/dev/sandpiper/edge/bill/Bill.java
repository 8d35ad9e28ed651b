package dev.sandpiper.edge.bill;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/// What a provider counted.
///
/// @param money whether it says what that cost
/// @param places how many places behind the point its sums have
public record Bill(List<Row> rows, boolean money, int places) {

  public Bill {
    rows = List.copyOf(rows);
  }

  /// One line of it.
  ///
  /// @param day in UTC
  /// @param model the provider's name of it
  /// @param usd what it cost; 0 when the bill does not say
  public record Row(LocalDate day, String model, long tokens, BigDecimal usd) {}
}
