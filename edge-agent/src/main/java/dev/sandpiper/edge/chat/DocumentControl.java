package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.store.Tx;

/// Stops and resumes the parsing of documents.
public interface DocumentControl {

  /// Stops what works on a document; false when nothing does.
  boolean cancel(Tx tx, String sha256);

  /// Resumes a parked document; false when it is not parked.
  boolean retry(Tx tx, String sha256);
}
