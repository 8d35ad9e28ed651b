package dev.sandpiper.edge.llm.wire;

import java.io.IOException;

/// One of the times of a call ran out.
final class LateException extends IOException {
  private static final long serialVersionUID = 1L;

  /// @param message what did not happen, as the rest of a sentence that begins with the model
  LateException(String message) {
    super(message);
  }
}
