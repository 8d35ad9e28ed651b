package dev.sandpiper.edge.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a parcel fared.
public sealed interface Delivery {

  /// It has arrived.
  ///
  /// @param farId the far side's id of the message; `null` when it has none
  record Delivered(@Nullable String farId) implements Delivery {}

  /// It has not arrived; try again.
  ///
  /// @param after how long the far side asked to be left alone; `null` when it did not say
  /// @param everywhere whether that holds for the whole channel, not only for this chat
  record Later(String reason, @Nullable Duration after, boolean everywhere) implements Delivery {}

  /// It will never arrive.
  record Refused(String reason) implements Delivery {}

  /// Nobody can tell whether it arrived.
  record Unknown(String reason) implements Delivery {}

  /// The chat has another id now; send it there.
  record Moved(String chat) implements Delivery {}
}
