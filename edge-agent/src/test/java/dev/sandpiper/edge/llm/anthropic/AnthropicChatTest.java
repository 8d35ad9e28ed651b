package dev.sandpiper.edge.llm.anthropic;

import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.ChatModelContract;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;

class AnthropicChatTest extends ChatModelContract {

  @Override
  protected ChatModel model(ModelEndpoint endpoint, String model) {
    return AnthropicModels.chat(endpoint, model);
  }

  @Override
  protected boolean reportsWrites() {
    return true;
  }

  @Override
  protected boolean reportsReasoning() {
    return false;
  }
}
