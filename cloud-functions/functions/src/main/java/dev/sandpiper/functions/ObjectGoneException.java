package dev.sandpiper.functions;

import java.io.IOException;

/// An object does not exist: asking again gives the same answer.
public final class ObjectGoneException extends IOException {

  private static final long serialVersionUID = 1L;

  /// @param message what is gone, for a person
  public ObjectGoneException(String message) {
    super(message);
  }
}
