package dev.sandpiper.edge.queue;

/// The right to work on a job until another claim or a cancellation takes it.
///
/// @param job the job as it was claimed, this attempt counted
/// @param token grows with every claim, also over restarts; only the newest counts
public record Lease(Job job, long token) {}
