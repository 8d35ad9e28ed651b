package dev.sandpiper.edge.config;

import java.math.BigDecimal;
import java.time.Duration;

/// When a workflow is taken for one that has run away.
///
/// @param on whether anything is looked at
/// @param factor an hour this many times as large as the usual one is too large
/// @param dollars an hour that costs less is never too dear
/// @param purchases an hour with fewer purchases is never too busy
/// @param schedulePurchases an hour of a schedule with more purchases always is
/// @param repeats the same question more often than this is one too many
/// @param window within this time
public record BrakesConfig(
    boolean on,
    int factor,
    BigDecimal dollars,
    int purchases,
    int schedulePurchases,
    int repeats,
    Duration window) {

  /// Nothing is looked at.
  public static final BrakesConfig OFF =
      new BrakesConfig(false, 1, BigDecimal.ZERO, 1, 1, 1, Duration.ofHours(1));

  static BrakesConfig from(Values values) {
    BigDecimal dollars = values.decimal(ConfigKey.BRAKES_DOLLARS);
    return new BrakesConfig(
        values.flag(ConfigKey.BRAKES_ENABLED),
        values.integer(ConfigKey.BRAKES_FACTOR),
        dollars == null ? BigDecimal.ZERO : dollars,
        values.integer(ConfigKey.BRAKES_PURCHASES),
        values.integer(ConfigKey.BRAKES_SCHEDULE_PURCHASES),
        values.integer(ConfigKey.BRAKES_REPEATS),
        values.duration(ConfigKey.BRAKES_REPEAT_WINDOW));
  }
}
