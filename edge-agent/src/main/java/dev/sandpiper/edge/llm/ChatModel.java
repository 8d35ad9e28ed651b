package dev.sandpiper.edge.llm;

/// One model of one provider, as its wire format shows it.
public interface ChatModel {

  /// Asks and waits for the whole answer, which is streamed meanwhile. Interrupting the thread
  /// cancels the call.
  ///
  /// @throws ModelException when there is no whole answer; it carries what was used all the same
  ChatAnswer ask(ChatRequest request, ChatListener listener)
      throws ModelException, InterruptedException;
}
