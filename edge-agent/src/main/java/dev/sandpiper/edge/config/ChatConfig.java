package dev.sandpiper.edge.config;

import java.time.Duration;

/// The conversation's settings.
///
/// @param lanes answers made at once
/// @param maxWaiting most messages of one chat that are not answered yet
/// @param maxText longest message, in characters
/// @param history most messages of a chat that a model is shown
/// @param keep newest messages, and answers, that are kept after their end
/// @param keepTrying how long an answer that cannot be sent is tried
public record ChatConfig(
    int lanes, int maxWaiting, int maxText, int history, int keep, Duration keepTrying) {

  static ChatConfig from(Values values) {
    return new ChatConfig(
        values.integer(ConfigKey.CHAT_LANES),
        values.integer(ConfigKey.CHAT_MAX_WAITING),
        values.integer(ConfigKey.CHAT_MAX_TEXT),
        values.integer(ConfigKey.CHAT_HISTORY),
        values.integer(ConfigKey.CHAT_KEEP),
        values.duration(ConfigKey.CHAT_KEEP_TRYING));
  }
}
