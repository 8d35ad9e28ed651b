package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.channel.Incoming;

/// What an update turned out to be.
sealed interface Update {

  /// Something somebody said or pressed.
  record Said(Incoming incoming) implements Update {}

  /// A button was pressed; Telegram waits to be told that it was seen.
  ///
  /// @param query id of the press
  record Pressed(Incoming incoming, String query) implements Update {}

  /// Nothing for us: other people's talk in a group, a kind that is not known.
  ///
  /// @param kind a word to count by
  record Nothing(String kind) implements Update {}
}
