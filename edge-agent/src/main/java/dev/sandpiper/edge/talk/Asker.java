package dev.sandpiper.edge.talk;

import dev.sandpiper.edge.channel.LiveReply;

/// Answers what is not a command: a question to the library, or just talk; and tells of documents.
public interface Asker {

  /// Answers a question.
  Turn answer(Spoken spoken, String question, LiveReply live)
      throws InterruptedException, TalkException;

  /// Tells what a document that somebody sent says, once it is parsed.
  ///
  /// @param sha256 the document
  Turn summarise(Spoken spoken, String sha256, LiveReply live)
      throws InterruptedException, TalkException;
}
