package dev.sandpiper.edge.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A call without an answer, or with half of one. The message is for a person and names the host,
/// never the path or a header: either may hold a secret.
public final class HttpCallException extends IOException {

  private static final long serialVersionUID = 1L;

  /// How far the call had come.
  public enum Phase {
    /// The far side has not seen the request.
    UNSENT,
    /// It may have seen it, and may have acted on it.
    UNANSWERED,
    /// It has answered, but the body broke off.
    CUT
  }

  private final Phase phase;
  private final boolean timeout;

  /// @param timeout whether one of the call's times ran out
  public HttpCallException(
      Phase phase, boolean timeout, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.phase = phase;
    this.timeout = timeout;
  }

  /// How far the call had come.
  public Phase phase() {
    return phase;
  }

  /// Whether one of the call's times ran out.
  public boolean isTimeout() {
    return timeout;
  }
}
