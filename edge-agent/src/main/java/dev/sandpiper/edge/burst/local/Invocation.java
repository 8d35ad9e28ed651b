package dev.sandpiper.edge.burst.local;

import java.util.concurrent.CompletableFuture;

/// One request on its way through a worker.
///
/// @param requestId the id the runtime client echoes
/// @param payload the request as JSON
/// @param deadlineMillis when the worker is killed, in milliseconds since 1970
/// @param delivered completes when the worker has taken it
/// @param outcome completes once, with whatever came first
// The array is made for this record and sent once.
@SuppressWarnings("ArrayRecordComponent")
record Invocation(
    String requestId,
    byte[] payload,
    long deadlineMillis,
    CompletableFuture<Boolean> delivered,
    CompletableFuture<Outcome> outcome) {

  Invocation(String requestId, byte[] payload, long deadlineMillis) {
    this(requestId, payload, deadlineMillis, new CompletableFuture<>(), new CompletableFuture<>());
  }
}
