package dev.sandpiper.edge.llm;

/// Hears an answer grow.
public interface ChatListener {

  /// Hears nothing.
  ChatListener NONE = _ -> {};

  /// More of the text.
  void text(String more);

  /// The text so far does not count: the answer begins anew, as when a stand-in takes over from a
  /// model that broke off. The whole text is what is heard after the last of these.
  default void restart() {
    // who keeps no text has nothing to take back
  }
}
