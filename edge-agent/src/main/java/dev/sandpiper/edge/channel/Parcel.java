package dev.sandpiper.edge.channel;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One message on its way out: it fits the channel's limits.
///
/// @param key names this effect for ever, at most 25 letters and digits
/// @param target the far side's id of the message to edit; `null` otherwise, or when it is unknown
/// @param file bytes of an attachment; `null` otherwise
public record Parcel(
    String key, Address address, Outgoing content, @Nullable String target, @Nullable Path file) {}
