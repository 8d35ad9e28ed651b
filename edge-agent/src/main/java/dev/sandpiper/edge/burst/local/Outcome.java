package dev.sandpiper.edge.burst.local;

/// How a worker left an invocation.
sealed interface Outcome {

  /// It answered; whether that is a reply is not known yet.
  // The array comes from the socket and is read once.
  @SuppressWarnings("ArrayRecordComponent")
  record Answered(byte[] body) implements Outcome {}

  /// The runtime client reported an error.
  record Errored(String error) implements Outcome {}

  /// It answered with more than an envelope may have.
  record Oversized() implements Outcome {}

  /// Its process ended without an answer.
  record Exited(int exitCode) implements Outcome {}
}
