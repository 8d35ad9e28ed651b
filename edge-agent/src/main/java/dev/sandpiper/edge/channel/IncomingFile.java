package dev.sandpiper.edge.channel;

import org.jspecify.annotations.Nullable;

/// A file that came with a message; its bytes are still on the far side.
///
/// @param size announced bytes; -1 when unknown
/// @param reference what its channel needs to fetch it, also after a restart
public record IncomingFile(String name, long size, @Nullable String mediaType, String reference) {}
