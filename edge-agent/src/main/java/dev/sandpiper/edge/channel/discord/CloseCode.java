package dev.sandpiper.edge.channel.discord;

import org.jspecify.annotations.Nullable;

/// What the gateway's close codes mean.
final class CloseCode {

  /// How we close what we want to resume: any code but 1000 and 1001, which end a session.
  static final int WE_COME_BACK = 4_000;

  private CloseCode() {}

  /// Why there is no sense in coming back, and how to mend it; `null` when there is.
  static @Nullable String fatal(int code) {
    return switch (code) {
      case 4_004 ->
          "Discord does not take the token (4004). Make a new one in the developer portal (your"
              + " application, Bot, Reset Token), put it where discord.token points, and restart"
              + " the agent";
      case 4_010, 4_011 ->
          "Discord wants this bot in shards (%d): it is in more servers than one connection may"
                  .formatted(code)
              + " serve. Take it out of some (2,500 are the limit) and restart the agent";
      case 4_012 ->
          "Discord does not know this version of its interface any more (4012). Upgrade Sandpiper";
      case 4_013 ->
          "Discord does not know an intent this program asks for (4013). Upgrade Sandpiper";
      case 4_014 ->
          "Discord does not give this bot the privileged intent Message Content (4014). Switch it"
              + " on in the developer portal (https://discord.com/developers/applications, your"
              + " application, Bot, Privileged Gateway Intents, Message Content Intent), save, and"
              + " restart the agent";
      default -> null;
    };
  }

  /// Whether the session is over with it.
  static boolean endsSession(int code) {
    return switch (code) {
      // Normal, going away, not authenticated, invalid sequence, session timed out; and a message
      // that is too large for us would come again.
      case 1_000, 1_001, 1_009, 4_003, 4_006, 4_007, 4_009 -> true;
      default -> false;
    };
  }
}
