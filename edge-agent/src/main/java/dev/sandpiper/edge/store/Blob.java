package dev.sandpiper.edge.store;

/// A stored file.
///
/// @param sha256 its name, 64 digits of lower-case hex: a document's is the SHA-256 of its bytes
/// @param size its length in bytes
/// @param isNew whether it was not there before
public record Blob(String sha256, long size, boolean isNew) {}
