package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Models;
import dev.sandpiper.edge.llm.Purpose;
import java.util.List;
import java.util.Optional;

/// No model is configured: nothing is loaded, nothing is asked.
public final class NoModels implements Models {

  @Override
  public boolean any() {
    return false;
  }

  @Override
  public ChatAnswer ask(Purpose purpose, ChatRequest request, ChatListener listener)
      throws ModelException {
    throw Chain.noneConfigured();
  }

  @Override
  public Optional<EmbeddingModel> findEmbedding() {
    return Optional.empty();
  }

  @Override
  public List<ModelInfo> list() {
    return List.of();
  }
}
