package dev.sandpiper.edge.library;

/// The document has no result to read.
public final class NoResultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoResultException(String message) {
    super(message);
  }
}
