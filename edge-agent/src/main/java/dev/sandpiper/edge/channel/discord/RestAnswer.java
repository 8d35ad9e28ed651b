package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.json.JsonValue;
import java.time.Duration;

/// What Discord's REST interface answered.
sealed interface RestAnswer {

  /// It did it.
  record Done(JsonValue json) implements RestAnswer {}

  /// Too much was asked; nothing was done.
  ///
  /// @param everywhere whether that holds for every route
  record Limited(Duration after, boolean everywhere) implements RestAnswer {}

  /// It did not do it.
  ///
  /// @param code Discord's own number; 0 when it gave none
  /// @param message Discord's own words
  record Failed(int status, long code, String message) implements RestAnswer {}
}
