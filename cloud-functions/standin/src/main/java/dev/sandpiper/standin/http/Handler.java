package dev.sandpiper.standin.http;

/// Answers requests; may block.
public interface Handler {

  /// @throws Exception answered with status 500 and its words
  Reply answer(Request request) throws Exception;
}
