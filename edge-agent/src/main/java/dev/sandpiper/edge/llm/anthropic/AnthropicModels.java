package dev.sandpiper.edge.llm.anthropic;

import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.wire.HttpChatModel;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;

/// Makes Anthropic's models.
public final class AnthropicModels {

  /// Anthropic's own base address.
  public static final String BASE = "https://api.anthropic.com";

  private AnthropicModels() {}

  /// A model that answers.
  ///
  /// @param model the provider's id
  public static ChatModel chat(ModelEndpoint endpoint, String model) {
    return new HttpChatModel(endpoint, model, new AnthropicWire(endpoint, model));
  }
}
