package dev.sandpiper.edge.channel;

/// A chat: where messages come from and go to.
///
/// @param channel name of the channel, such as `telegram`
/// @param chat the far side's id of the chat
public record Address(String channel, String chat) {

  /// As it is written in the database and in logs: `telegram:42`.
  public String text() {
    return channel + ":" + chat;
  }

  /// Reads what [#text] wrote.
  public static Address of(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("an address is channel:chat, not " + text);
    }
    return new Address(text.substring(0, colon), text.substring(colon + 1));
  }
}
