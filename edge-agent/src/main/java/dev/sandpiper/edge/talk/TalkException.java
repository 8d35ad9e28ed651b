package dev.sandpiper.edge.talk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An answer that could not be made. The message is for the person who asked.
public final class TalkException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean permanent;
  private final boolean refused;
  private final @Nullable Duration retryAfter;

  private TalkException(
      boolean permanent,
      boolean refused,
      String message,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.permanent = permanent;
    this.refused = refused;
    this.retryAfter = retryAfter;
  }

  /// It may be different next time: the message is tried again, or parked at its limit.
  public static TalkException passing(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    return new TalkException(false, false, message, retryAfter, cause);
  }

  /// Trying again would not help: the person is told now.
  public static TalkException permanent(String message, @Nullable Throwable cause) {
    return new TalkException(true, false, message, null, cause);
  }

  /// It is not allowed, by a budget or the owner; the same is refused until that changes.
  public static TalkException refused(String message, @Nullable Throwable cause) {
    return new TalkException(true, true, message, null, cause);
  }

  /// Whether it is not allowed.
  public boolean isRefused() {
    return refused;
  }

  /// Whether trying again is useless.
  public boolean isPermanent() {
    return permanent;
  }

  /// How long to wait before trying again; `null` when nobody said.
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
