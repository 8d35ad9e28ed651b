package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.json.JsonValue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a call of the Bot API ended.
sealed interface ApiAnswer {

  /// It was done.
  record Done(JsonValue result) implements ApiAnswer {}

  /// The Bot API itself says that it was not.
  ///
  /// @param code like an HTTP status
  /// @param retryAfter how long it wants to be left alone; `null` when it does not say
  /// @param movedTo the chat's new id; `null` when it did not move
  record Failed(int code, String reason, @Nullable Duration retryAfter, @Nullable String movedTo)
      implements ApiAnswer {

    /// Whether a part of the reason is this.
    boolean says(String part) {
      return reason.contains(part);
    }
  }

  /// There is no answer, or none of the Bot API's.
  ///
  /// @param acted whether it may have been done all the same
  /// @param body the beginning of an answer that could not be read; empty when there was none
  record Silent(String reason, boolean acted, String body) implements ApiAnswer {}
}
