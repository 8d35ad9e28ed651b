package dev.sandpiper.edge.schedule;

import dev.sandpiper.edge.rhythm.Slot;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What became of a planned time.
///
/// @param schedule name of the schedule
/// @param until the last of the times it stands for
/// @param times how many it stands for: more than one only when they were missed
/// @param reason why it did not come, or not as planned
/// @param decided when that was decided
public record Firing(
    String schedule,
    Slot slot,
    Instant until,
    long times,
    Outcome outcome,
    @Nullable String reason,
    Instant decided) {

  /// What became of it.
  public enum Outcome {
    /// It came when it was planned.
    FIRED,
    /// It came late.
    CAUGHT_UP,
    /// It was missed, and is not made up for.
    MISSED,
    /// Its turn came and it was left out.
    SKIPPED,
    /// It came, and what it needed was forbidden.
    REFUSED,
    /// Somebody asked for it out of turn.
    BY_HAND
  }

  /// How late it is.
  public Duration late() {
    return Duration.between(slot.at(), decided);
  }

  /// What tells it from every other one.
  public String key() {
    return "schedule-" + schedule + "-" + slot.at().toEpochMilli();
  }
}
