package dev.sandpiper.edge.llm.gemini;

import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.wire.HttpChatModel;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;
import java.net.URI;
import java.util.Map;

/// Makes Google's models.
public final class GeminiModels {

  /// Google's own base address.
  public static final String BASE = "https://generativelanguage.googleapis.com";

  private static final String VERSION = "v1beta";

  private GeminiModels() {}

  /// A model that answers.
  ///
  /// @param model the provider's id
  public static ChatModel chat(ModelEndpoint endpoint, String model) {
    return new HttpChatModel(endpoint, model, new GeminiWire(endpoint, model));
  }

  /// A model that makes vectors.
  ///
  /// @param model the provider's id
  public static EmbeddingModel embedding(ModelEndpoint endpoint, String model) {
    return new GeminiEmbedding(endpoint, model);
  }

  /// A model's name as a resource.
  static String resource(String model) {
    return model.contains("/") ? model : "models/" + model;
  }

  /// The address of what a model can do.
  static URI door(ModelEndpoint endpoint, String model, String action) {
    return endpoint.under(VERSION, resource(model) + ":" + action);
  }

  static Map<String, String> headers(ModelEndpoint endpoint) {
    Secret key = endpoint.key();
    return key == null ? Map.of() : Map.of("x-goog-api-key", key.reveal());
  }
}
