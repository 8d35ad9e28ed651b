package dev.sandpiper.edge.llm;

import java.util.List;
import java.util.Optional;

/// The models the owner has configured, behind fallback, limits, cache and accounting. This is what
/// the rest of the agent calls.
public interface Models {

  /// Whether any model is configured; without one the agent still finds documents.
  boolean any();

  /// Asks the model that is meant for the purpose, or its stand-ins.
  ChatAnswer ask(Purpose purpose, ChatRequest request, ChatListener listener)
      throws ModelException, InterruptedException;

  /// Makes vectors; empty when no embedding model is configured.
  Optional<EmbeddingModel> findEmbedding();

  /// What is configured, in order.
  List<ModelInfo> list();

  /// A configured model.
  ///
  /// @param name the owner's name for it
  /// @param provider the provider's name
  /// @param model the provider's id of it
  /// @param contextTokens longest question and answer together
  /// @param state in words: `ready`, `resting until 12:30 after 5 failures`, …
  record ModelInfo(String name, String provider, String model, int contextTokens, String state) {}
}
