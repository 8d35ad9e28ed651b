package dev.sandpiper.functions;

import org.jspecify.annotations.Nullable;

/// A function where it runs, and what it has there.
///
/// @param cloud S3 and SQS; `null` in the edge's own workers
/// @param maxReceives how often a message is delivered before it counts as dead
/// @param hooks what is done around a snapshot; kept here, because the runtime holds it weakly
record FunctionHost(
    ParseFunction function, @Nullable Cloud cloud, int maxReceives, @Nullable SnapStart hooks) {}
