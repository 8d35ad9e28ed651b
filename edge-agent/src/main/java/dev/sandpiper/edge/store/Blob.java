package dev.sandpiper.edge.store;

/// A stored file.
///
/// @param sha256 its SHA-256 in lower-case hex: its name
/// @param size its length in bytes
/// @param isNew whether it was not there before
public record Blob(String sha256, long size, boolean isNew) {}
