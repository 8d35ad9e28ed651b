package dev.sandpiper.edge.llm;

/// Hears an answer grow.
public interface ChatListener {

  /// Hears nothing.
  ChatListener NONE = _ -> {};

  /// More of the text.
  void text(String more);
}
