package dev.sandpiper.standin.sqs;

import java.io.IOException;

/// An answer of SQS that is not success.
public final class SqsException extends IOException {

  private static final long serialVersionUID = 1;

  private final int status;

  SqsException(int status, String message) {
    super(message);
    this.status = status;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }
}
