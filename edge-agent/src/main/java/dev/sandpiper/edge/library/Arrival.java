package dev.sandpiper.edge.library;

/// A recorded arrival.
///
/// @param isNew whether these bytes came for the first time: only then a job is needed
public record Arrival(DocumentInfo document, boolean isNew) {}
