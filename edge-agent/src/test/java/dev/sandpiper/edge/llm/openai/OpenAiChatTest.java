package dev.sandpiper.edge.llm.openai;

import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.ChatModelContract;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;
import java.net.URI;

class OpenAiChatTest extends ChatModelContract {

  @Override
  protected ChatModel model(ModelEndpoint endpoint, String model) {
    return OpenAiModels.chat(endpoint, model);
  }

  @Override
  protected URI base() {
    return fake.openai();
  }
}
