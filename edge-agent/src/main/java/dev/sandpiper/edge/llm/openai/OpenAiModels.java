package dev.sandpiper.edge.llm.openai;

import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.wire.HttpChatModel;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;

/// Makes models that are asked as OpenAI's are.
public final class OpenAiModels {

  /// OpenAI's own base address.
  public static final String BASE = "https://api.openai.com/v1";

  private OpenAiModels() {}

  /// A model that answers.
  ///
  /// @param model the provider's id
  public static ChatModel chat(ModelEndpoint endpoint, String model) {
    return new HttpChatModel(endpoint, model, new OpenAiWire(endpoint, model));
  }

  /// A model that makes vectors.
  ///
  /// @param model the provider's id
  public static EmbeddingModel embedding(ModelEndpoint endpoint, String model) {
    return new OpenAiEmbedding(endpoint, model);
  }
}
