package dev.sandpiper.functions;

import java.io.IOException;

/// An object has more bytes than were allowed: asking again gives the same answer.
public final class ObjectTooBigException extends IOException {

  private static final long serialVersionUID = 1L;

  /// @param message which object and which bound, for a person
  public ObjectTooBigException(String message) {
    super(message);
  }
}
