package dev.sandpiper.edge.price;

/// A price file that cannot be used. The message says which, why, and what to do.
public final class PriceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PriceException(String message, Throwable cause) {
    super(message, cause);
  }
}
