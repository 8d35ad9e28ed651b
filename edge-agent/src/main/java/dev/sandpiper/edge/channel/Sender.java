package dev.sandpiper.edge.channel;

import org.jspecify.annotations.Nullable;

/// Who wrote, as the far side knows them.
///
/// @param id never changes and cannot be chosen by its bearer
/// @param name for display only; anybody may call themselves anything
/// @param language what the far side says of their language, such as `de`; `null` when nothing
public record Sender(String channel, String id, String name, @Nullable String language) {}
