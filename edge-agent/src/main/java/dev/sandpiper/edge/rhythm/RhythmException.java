package dev.sandpiper.edge.rhythm;

/// A text that says no time. The message is for whoever wrote it: what is wrong, and what is
/// allowed.
public final class RhythmException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  RhythmException(String message) {
    super(message);
  }

  RhythmException(String message, Throwable cause) {
    super(message, cause);
  }
}
