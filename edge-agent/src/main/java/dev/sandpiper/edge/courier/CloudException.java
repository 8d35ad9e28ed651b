package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.courier.protocol.Fault;
import org.jspecify.annotations.Nullable;

/// The cloud did not do what it was asked, after every retry that makes sense. The message says
/// what failed, on what, and what to do next.
class CloudException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Fault fault;

  CloudException(Fault fault, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }

  String words() {
    return String.valueOf(getMessage());
  }

  /// An object that is not there, or is not what was announced: asking again gives the same.
  static final class Lost extends CloudException {

    private static final long serialVersionUID = 1L;

    Lost(String message, @Nullable Throwable cause) {
      super(Fault.MISSING, message, cause);
    }
  }
}
