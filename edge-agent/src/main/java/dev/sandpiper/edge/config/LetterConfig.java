package dev.sandpiper.edge.config;

import java.time.DayOfWeek;
import java.util.Locale;
import java.util.Optional;

/// The letter that tells owners what a week cost.
///
/// @param day on which it comes; empty: it does not
/// @param hour of that day in the owner's zone
/// @param whenNothing whether it comes when nothing was spent
public record LetterConfig(Optional<DayOfWeek> day, int hour, boolean whenNothing) {

  static LetterConfig from(Values values) {
    String day = values.text(ConfigKey.LETTER_DAY);
    return new LetterConfig(
        day.equals("off")
            ? Optional.empty()
            : Optional.of(DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT))),
        values.integer(ConfigKey.LETTER_HOUR),
        values.flag(ConfigKey.LETTER_WHEN_NOTHING));
  }
}
