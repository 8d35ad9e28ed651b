package dev.sandpiper.edge.burst.aws;

import org.jspecify.annotations.Nullable;

/// A document of this device in the cloud.
///
/// @param name the name it was submitted under; empty when unknown
/// @param mediaType what its sender claimed; `null` when unknown
public record CloudObject(String key, long size, String name, @Nullable String mediaType) {}
