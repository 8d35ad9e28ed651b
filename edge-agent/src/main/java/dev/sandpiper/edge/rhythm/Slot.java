package dev.sandpiper.edge.rhythm;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/// One planned time.
///
/// @param at when it is
/// @param mark which one it is: the time on the wall, as in `2026-11-25T08:00`, for what follows
///   the clocks; else the instant. New rules of a time zone change `at`, never the mark
public record Slot(Instant at, String mark) {

  /// A time that no rule of a zone moves.
  static Slot of(Instant at) {
    return new Slot(at, at.toString());
  }

  /// A time on the wall. One that a change of clocks leaves out is met when they have changed; one
  /// that comes twice is met the first time.
  static Slot of(LocalDateTime wall, ZoneId zone) {
    var gap = zone.getRules().getTransition(wall);
    Instant at = gap != null && gap.isGap() ? gap.getInstant() : wall.atZone(zone).toInstant();
    return new Slot(at, wall.toString());
  }

  /// Whether it follows the clocks.
  boolean isWall() {
    return !mark.endsWith("Z");
  }

  /// The time on the wall.
  LocalDateTime wall() {
    return LocalDateTime.parse(mark);
  }

  /// The same one by the zone's rules as they are now.
  public Slot again(ZoneId zone) {
    return isWall() ? of(wall(), zone) : this;
  }
}
