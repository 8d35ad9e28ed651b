package dev.sandpiper.edge.library;

/// The document was deleted while it was arriving; nothing was accepted.
public final class SourceGoneException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SourceGoneException(String name) {
    super(name + " was deleted from the library while it was arriving. Send it again.");
  }
}
