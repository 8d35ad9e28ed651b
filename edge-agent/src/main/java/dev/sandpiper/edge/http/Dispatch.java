package dev.sandpiper.edge.http;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Outgoing;
import java.util.List;
import java.util.Optional;

/// Sends what the owner has to say to somebody, and knows what became of it.
public interface Dispatch {

  /// Whether it was taken.
  sealed interface Sent {
    /// It is on the disk and will be sent.
    ///
    /// @param key names it
    record Kept(String key, Address address) implements Sent {}

    /// There is nobody it could be sent to.
    ///
    /// @param why for the owner
    record NobodyThere(String why) implements Sent {}
  }

  /// How it stands.
  ///
  /// @param state in a word
  /// @param open whether that will change by itself
  /// @param arrived whether it is where it should be
  /// @param reason why not; empty when there is none
  record Standing(String state, boolean open, boolean arrived, String reason) {}

  /// Sends to an address such as `telegram:42`, or to whoever has this name.
  Sent send(String to, List<Outgoing> content);

  /// How a message stands; empty when it is not known, or was cleared away.
  Optional<Standing> find(String key);
}
