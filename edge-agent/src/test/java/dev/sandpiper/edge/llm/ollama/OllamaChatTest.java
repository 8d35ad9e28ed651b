package dev.sandpiper.edge.llm.ollama;

import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.ChatModelContract;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;

class OllamaChatTest extends ChatModelContract {

  @Override
  protected ChatModel model(ModelEndpoint endpoint, String model) {
    return OllamaModels.chat(endpoint, model, OllamaOptions.SERVERS);
  }

  @Override
  protected boolean reportsCache() {
    return false;
  }

  @Override
  protected boolean reportsReasoning() {
    return false;
  }

  @Override
  protected boolean refuses() {
    return false;
  }
}
