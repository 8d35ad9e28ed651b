package dev.sandpiper.standin.lambda;

import java.util.concurrent.CompletableFuture;

/// One request on its way through a process.
///
/// @param deadlineMillis since 1970
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Invocation(
    String id, byte[] payload, long deadlineMillis, CompletableFuture<InvokeResult> result) {}
