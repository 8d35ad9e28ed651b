package dev.sandpiper.edge.llm.wire;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The provider said that it does not answer, at once or in the middle of its answer.
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Complaint complaint;
  private final boolean atOnce;
  private final @Nullable Duration retryAfter;

  /// In the middle of an answer.
  public RefusedException(Complaint complaint) {
    super(complaint.message());
    this.complaint = complaint;
    atOnce = false;
    retryAfter = RetryAfter.ofBody(complaint).orElse(null);
  }

  /// In place of an answer.
  ///
  /// @param retryAfter how long it asks to be left alone
  RefusedException(Complaint complaint, @Nullable Duration retryAfter) {
    super(complaint.message());
    this.complaint = complaint;
    atOnce = true;
    this.retryAfter = retryAfter;
  }

  /// Its reason.
  public Complaint complaint() {
    return complaint;
  }

  /// Whether it said so in place of an answer, which costs nothing.
  boolean atOnce() {
    return atOnce;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
