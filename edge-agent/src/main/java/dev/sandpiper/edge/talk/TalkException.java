package dev.sandpiper.edge.talk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An answer that could not be made. The message is for the person who asked.
public final class TalkException extends Exception {
  private static final long serialVersionUID = 1L;

  private enum Hope {
    NEXT_TIME,
    NOT_YET,
    REFUSED,
    NONE
  }

  private final Hope hope;
  private final @Nullable Duration retryAfter;

  private TalkException(
      Hope hope, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.hope = hope;
    this.retryAfter = retryAfter;
  }

  /// It may be different next time: the message is tried again, or parked at its limit.
  public static TalkException passing(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    return new TalkException(Hope.NEXT_TIME, message, retryAfter, cause);
  }

  /// Nothing could be tried: that does not count as a failure of the message's, for a while.
  ///
  /// @param retryAfter until something can be
  public static TalkException notYet(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    return new TalkException(Hope.NOT_YET, message, retryAfter, cause);
  }

  /// Trying again would not help: the person is told now.
  public static TalkException permanent(String message, @Nullable Throwable cause) {
    return new TalkException(Hope.NONE, message, null, cause);
  }

  /// It is not allowed, by a budget or the owner; the same is refused until that changes.
  public static TalkException refused(String message, @Nullable Throwable cause) {
    return new TalkException(Hope.REFUSED, message, null, cause);
  }

  /// Whether it is not allowed.
  public boolean isRefused() {
    return hope == Hope.REFUSED;
  }

  /// Whether trying again is useless.
  public boolean isPermanent() {
    return hope == Hope.NONE || hope == Hope.REFUSED;
  }

  /// Whether nothing could be tried.
  public boolean isNotYet() {
    return hope == Hope.NOT_YET;
  }

  /// How long to wait before trying again; `null` when nobody said.
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
