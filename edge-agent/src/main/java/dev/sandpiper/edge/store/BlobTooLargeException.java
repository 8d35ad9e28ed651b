package dev.sandpiper.edge.store;

import java.io.IOException;

/// More bytes came than are allowed; nothing was kept.
public final class BlobTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  BlobTooLargeException(long maxBytes) {
    super("The document is larger than the limit of " + maxBytes + " bytes.");
  }
}
