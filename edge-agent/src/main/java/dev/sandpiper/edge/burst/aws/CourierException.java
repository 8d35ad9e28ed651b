package dev.sandpiper.edge.burst.aws;

import dev.sandpiper.edge.burst.Fault;

/// The courier cannot be used; the message says why and what to do next.
public final class CourierException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Fault fault;

  CourierException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }

  /// What happened, for a person.
  public String words() {
    return String.valueOf(getMessage());
  }
}
