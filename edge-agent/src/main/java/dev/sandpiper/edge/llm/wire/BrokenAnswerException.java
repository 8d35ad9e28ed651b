package dev.sandpiper.edge.llm.wire;

import java.io.IOException;

/// An answer that is none: it breaks off, is not of its format, or has no end.
public final class BrokenAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  /// @param message what is wrong, as the rest of a sentence that begins with "The answer of …"
  public BrokenAnswerException(String message) {
    super(message);
  }
}
