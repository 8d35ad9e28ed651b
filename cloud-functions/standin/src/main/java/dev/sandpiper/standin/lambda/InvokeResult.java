package dev.sandpiper.standin.lambda;

import java.nio.charset.StandardCharsets;

/// What became of an invocation, as Lambda's `Invoke` tells.
public sealed interface InvokeResult {

  /// The function answered.
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Answered(byte[] payload) implements InvokeResult {

    /// As text.
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  /// The function failed: `X-Amz-Function-Error: Unhandled`.
  ///
  /// @param payload JSON with `errorType` and `errorMessage`
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record FunctionError(byte[] payload) implements InvokeResult {

    /// As text.
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  /// As many run as may: 429.
  record Throttled() implements InvokeResult {}

  /// The payload is larger than Lambda takes: 413.
  record TooLarge() implements InvokeResult {}
}
