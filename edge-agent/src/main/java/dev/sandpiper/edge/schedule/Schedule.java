package dev.sandpiper.edge.schedule;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.rhythm.Rhythm;
import dev.sandpiper.edge.rhythm.Slot;
import dev.sandpiper.edge.rhythm.Timing;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Something that is planned.
///
/// @param name unique, and never given to another one: the configuration's, or the number
/// @param owner whose it is
/// @param spec what the configuration says of it; `null`: it was planned in a chat
public record Schedule(
    long id, String name, Owner owner, Plan plan, Standing standing, @Nullable String spec) {

  /// Whose it is.
  ///
  /// @param address where it speaks
  public record Owner(long person, Address address) {}

  /// What happens when.
  ///
  /// @param madeBy who made it: `chat`, `model` or `file`
  public record Plan(Timing timing, Kind kind, String text, CatchUp catchUp, String madeBy) {
    /// Made in a chat, with the usual catching up.
    public Plan(Rhythm rhythm, ZoneId zone, Kind kind, String text) {
      this(new Timing(rhythm, zone), kind, text, CatchUp.USUAL, CHAT);
    }

    /// The same by somebody else.
    public Plan madeBy(String other) {
      return new Plan(timing, kind, text, catchUp, other);
    }
  }

  /// How it stands.
  ///
  /// @param next the planned time that is decided next
  /// @param job what waits for that; 0 while it is paused
  public record Standing(Slot next, boolean paused, long job) {}

  /// Planned in a chat.
  public static final String CHAT = "chat";

  /// Planned by a model for somebody who asked for it.
  public static final String MODEL = "model";

  /// Planned in the configuration.
  public static final String FILE = "file";

  /// What its model calls are counted under.
  public static String workflow(String name) {
    return "schedule:" + name;
  }

  /// When it is due.
  public Instant next() {
    return standing.next().at();
  }

  /// Whether the configuration says what it is.
  public boolean isFile() {
    return spec != null;
  }
}
