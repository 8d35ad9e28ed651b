package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Outgoing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of the outbox.
///
/// @param message the message it answers; `null` when none
/// @param attempts failures that were its own or its chat's, not its whole channel's
/// @param doubted since when it may have arrived without anybody knowing; `null` when it has not
/// @param reason why it is not sent
public record ParcelRow(
    long id,
    String key,
    Address address,
    @Nullable Long message,
    Outgoing content,
    ParcelState state,
    Instant due,
    int attempts,
    @Nullable Instant doubted,
    @Nullable String farId,
    @Nullable String reason,
    Instant created,
    Instant updated) {}
