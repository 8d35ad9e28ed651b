package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.store.Tx;

/// What commands need of the durable conversation.
public interface Conversations {

  /// Clears what is remembered of a chat for its next answers.
  void forget(Tx tx, Address address);

  /// How it stands.
  Traffic traffic();

  /// Messages in and out.
  ///
  /// @param waiting messages that are not answered yet
  /// @param parked messages that could not be answered
  /// @param leaving answers that are not sent yet
  /// @param unknown answers of which nobody knows whether they arrived
  /// @param stuck answers that could not be sent
  record Traffic(long waiting, long parked, long leaving, long unknown, long stuck) {
    /// Nothing at all.
    public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0);
  }
}
