package dev.sandpiper.edge.courier.protocol;

/// A line that is not of the protocol. The message names the field and what was expected.
public final class ProtocolException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param message what is wrong with the line
  public ProtocolException(String message) {
    super(message);
  }

  ProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
