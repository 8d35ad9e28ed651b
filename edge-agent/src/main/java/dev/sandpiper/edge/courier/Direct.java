package dev.sandpiper.edge.courier;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The function, asked by name. Retries what makes sense, and ends in a [CloudException] otherwise.
interface Direct {

  /// What an invocation gave.
  ///
  /// @param payload the reply, or the error's description
  /// @param error `null`: the function answered
  @SuppressWarnings("ArrayRecordComponent") // as large as the process can bear: never copied
  record Outcome(byte[] payload, @Nullable String error) {}

  /// Invokes the function once.
  ///
  /// @param limit the longest it may take
  Outcome invoke(byte[] payload, Duration limit);

  /// Asks whether it could be invoked.
  void dryRun();
}
