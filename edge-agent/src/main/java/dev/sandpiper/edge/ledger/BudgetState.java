package dev.sandpiper.edge.ledger;

import java.time.ZonedDateTime;

/// How one bound of one budget stands.
///
/// @param budget its name
/// @param whose of a budget that each person or workflow has: whose; else empty
/// @param limit all of it, in millionths of a dollar
/// @param taken what counts against it: spent, or set aside
/// @param spent what of that is spent
/// @param next when the next period begins
public record BudgetState(
    String budget,
    Period period,
    String whose,
    long limit,
    long taken,
    long spent,
    ZonedDateTime next) {

  /// How much is taken, in whole percents, rounded down; more than 100 is possible.
  public long percent() {
    if (limit == 0) {
      return taken == 0 ? 0 : 100;
    }
    return taken * 100 / limit;
  }
}
