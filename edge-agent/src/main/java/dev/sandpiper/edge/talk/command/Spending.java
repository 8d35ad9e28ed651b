package dev.sandpiper.edge.talk.command;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What models were used for, and what that cost.
public interface Spending {

  /// Calls on some days, by model and person. Days are in UTC, as bills are.
  ///
  /// @param to the last day
  List<Line> lines(LocalDate from, LocalDate to);

  /// How many of the latest answers came from the cache, as a share of 1; empty when none could.
  OptionalDouble cacheHitRate();

  /// What one model did for one person.
  ///
  /// @param model the owner's name of it
  /// @param person their number; `null`: nobody in particular
  /// @param cost in US dollars, of those calls whose price is known
  /// @param unpriced calls whose price is not known
  record Line(
      String model,
      @Nullable Long person,
      long calls,
      long inputTokens,
      long outputTokens,
      BigDecimal cost,
      long unpriced) {}

  /// Without models.
  static Spending none() {
    return new Spending() {
      @Override
      public List<Line> lines(LocalDate from, LocalDate to) {
        return List.of();
      }

      @Override
      public OptionalDouble cacheHitRate() {
        return OptionalDouble.empty();
      }
    };
  }
}
