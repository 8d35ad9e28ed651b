package dev.sandpiper.edge.schedule;

import dev.sandpiper.edge.channel.Address;
import java.time.Instant;
import java.time.ZoneId;

/// Something that is planned.
///
/// @param person whose it is
/// @param address where it is said
/// @param next when it is due
/// @param job what waits for that
public record Schedule(long id, long person, Address address, Plan plan, Instant next, long job) {

  /// What happens when.
  ///
  /// @param asks whether the text is a question to be answered, rather than said
  public record Plan(Rhythm rhythm, ZoneId zone, boolean asks, String text) {}
}
