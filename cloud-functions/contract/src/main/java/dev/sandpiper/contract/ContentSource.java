package dev.sandpiper.contract;

import java.io.IOException;

/// Delivers a document's content to a sink, in the sink's order.
@FunctionalInterface
public interface ContentSource {

  /// Delivers everything to `sink`.
  void writeTo(ContentSink sink) throws IOException;

  /// No content: for a stored result's envelope.
  ContentSource EMPTY = _ -> {};
}
