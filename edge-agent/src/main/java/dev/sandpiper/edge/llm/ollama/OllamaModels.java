package dev.sandpiper.edge.llm.ollama;

import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.wire.HttpChatModel;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;
import java.net.URI;
import java.util.Map;

/// Makes models of an Ollama server.
public final class OllamaModels {

  /// Ollama on this machine.
  public static final String BASE = "http://127.0.0.1:11434";

  private OllamaModels() {}

  /// A model that answers.
  ///
  /// @param model its name, such as `qwen3:4b`
  public static ChatModel chat(ModelEndpoint endpoint, String model, OllamaOptions options) {
    return new HttpChatModel(endpoint, model, new OllamaWire(endpoint, model, options));
  }

  /// A model that makes vectors.
  ///
  /// @param model its name
  public static EmbeddingModel embedding(
      ModelEndpoint endpoint, String model, OllamaOptions options) {
    return new OllamaEmbedding(endpoint, model, options);
  }

  static URI door(ModelEndpoint endpoint, String path) {
    return endpoint.under("api", path);
  }

  /// Ollama itself asks for no key; what stands before it may.
  static Map<String, String> headers(ModelEndpoint endpoint) {
    Secret key = endpoint.key();
    return key == null ? Map.of() : Map.of("Authorization", "Bearer " + key.reveal());
  }
}
