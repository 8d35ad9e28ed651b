package dev.sandpiper.edge.bill;

import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.ledger.Money;
import dev.sandpiper.edge.ledger.Purchase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A bill beside the ledger.
///
/// @param money whether sums are compared; else tokens are
public record Comparison(List<Line> lines, boolean money) {

  public Comparison {
    lines = List.copyOf(lines);
  }

  /// One day and model.
  ///
  /// @param model the owner's name of it, or the provider's when it is none of theirs
  /// @param ours millionths of a dollar, or tokens
  /// @param theirs the same of the bill
  /// @param rounding what may differ because both round
  /// @param adrift what of it nobody knows the end of
  public record Line(
      LocalDate day,
      String model,
      BigDecimal ours,
      BigDecimal theirs,
      BigDecimal rounding,
      List<Ledger.Open> adrift) {

    public Line {
      adrift = List.copyOf(adrift);
    }

    /// What the bill has more.
    public BigDecimal difference() {
      return theirs.subtract(ours);
    }

    /// Whether they differ by more than rounding.
    public boolean differs() {
      return difference().abs().compareTo(rounding) > 0;
    }
  }

  /// Something adrift, and what it cost.
  public record Found(long number, long micros) {}

  /// What is said of something that stays adrift.
  public record Left(Line line, String why) {}

  /// @param found what the bill settles
  /// @param left what stays adrift, and why
  public record Settlement(List<Found> found, List<Left> left) {}

  /// How many lines differ.
  public long differing() {
    return lines.stream().filter(Line::differs).count();
  }

  /// What is adrift is worth what the bill leaves over, as long as that fits.
  public Settlement settlement() {
    List<Found> found = new ArrayList<>();
    List<Left> left = new ArrayList<>();
    for (Line line : lines) {
      if (line.adrift().isEmpty()) {
        continue;
      }
      long over = line.difference().setScale(0, RoundingMode.HALF_EVEN).longValueExact();
      long most = line.adrift().stream().mapToLong(Ledger.Open::micros).sum();
      if (over < 0) {
        left.add(
            new Left(line, "the bill is %s below what is settled".formatted(Money.text(-over))));
      } else if (over > most) {
        left.add(
            new Left(
                line,
                "the bill leaves %s over, more than the %s set aside"
                    .formatted(Money.text(over), Money.text(most))));
      } else {
        found.addAll(split(line.adrift(), over, most));
      }
    }
    return new Settlement(found, left);
  }

  /// In the proportion of what was set aside; what that leaves goes to the oldest first.
  private static List<Found> split(List<Ledger.Open> adrift, long over, long most) {
    List<Ledger.Open> sorted =
        adrift.stream().sorted(Comparator.comparingLong(Ledger.Open::number)).toList();
    long rest = over;
    long[] parts = new long[sorted.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] =
          most == 0
              ? 0
              : BigDecimal.valueOf(over)
                  .multiply(BigDecimal.valueOf(sorted.get(i).micros()))
                  .divide(BigDecimal.valueOf(most), 0, RoundingMode.FLOOR)
                  .longValueExact();
      rest -= parts[i];
    }
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      long more = Math.min(rest, sorted.get(i).micros() - parts[i]);
      rest -= more;
      found.add(new Found(sorted.get(i).number(), parts[i] + more));
    }
    return found;
  }

  /// Whether something was bought of a model on a day in UTC and is adrift.
  static boolean adrift(Ledger.Open open, LocalDate day) {
    return open.adrift() != null
        && open.kind() == Purchase.Kind.MODEL
        && open.at().atOffset(ZoneOffset.UTC).toLocalDate().equals(day);
  }
}
