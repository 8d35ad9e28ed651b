package dev.sandpiper.edge.llm.gemini;

import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.ChatModelContract;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;

class GeminiChatTest extends ChatModelContract {

  @Override
  protected ChatModel model(ModelEndpoint endpoint, String model) {
    return GeminiModels.chat(endpoint, model);
  }
}
