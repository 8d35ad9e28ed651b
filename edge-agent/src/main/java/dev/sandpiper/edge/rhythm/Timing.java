package dev.sandpiper.edge.rhythm;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A rhythm, where it is kept, and in which part of the day.
///
/// @param hours what lies outside of them is not planned; `null`: the whole day
public record Timing(Rhythm rhythm, ZoneId zone, @Nullable Hours hours) {
  /// Times outside the hours that are looked at before it is said that there is none inside.
  private static final int PATIENCE = 20_000;

  /// Every hour of the day.
  public Timing(Rhythm rhythm, ZoneId zone) {
    this(rhythm, zone, null);
  }

  /// The first time after an instant; empty when there is none any more.
  public Optional<Slot> first(Instant after) {
    return within(rhythm.after(after, zone));
  }

  /// The time after another one.
  public Optional<Slot> next(Slot last) {
    return within(rhythm.next(last, zone));
  }

  /// The same time by the zone's rules as they are now.
  public Slot again(Slot slot) {
    return slot.again(zone);
  }

  /// The coming times.
  ///
  /// @param most how many at most
  public List<Slot> coming(Instant after, int most) {
    List<Slot> coming = new ArrayList<>();
    Optional<Slot> slot = first(after);
    while (slot.isPresent() && coming.size() < most) {
      coming.add(slot.get());
      slot = next(slot.get());
    }
    return coming;
  }

  private Optional<Slot> within(Optional<Slot> found) {
    Optional<Slot> slot = found;
    for (int tries = 0; slot.isPresent() && tries < PATIENCE; tries++) {
      if (hours == null || hours.holds(slot.get().at().atZone(zone).toLocalTime())) {
        return slot;
      }
      slot = rhythm.next(slot.get(), zone);
    }
    return Optional.empty();
  }
}
