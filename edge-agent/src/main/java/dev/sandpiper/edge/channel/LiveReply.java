package dev.sandpiper.edge.channel;

/// What a person sees while an answer is being made: that somebody is typing, or the words so far.
/// Nothing of it is kept, and nothing depends on it. Never throws, never blocks for long.
public interface LiveReply extends AutoCloseable {

  /// The words so far.
  void show(String markdownSoFar);

  /// Ends it; the answer itself goes through the outbox.
  @Override
  void close();

  /// Shows nothing.
  static LiveReply none() {
    return new LiveReply() {
      @Override
      public void show(String markdownSoFar) {
        // nobody looks
      }

      @Override
      public void close() {
        // nothing was begun
      }
    };
  }
}
