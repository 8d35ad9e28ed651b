package dev.sandpiper.edge.llm.openai;

import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.wire.HttpEmbedding;
import dev.sandpiper.edge.llm.wire.JsonText;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;
import java.util.List;

/// Embeddings.
final class OpenAiEmbedding implements EmbeddingModel {

  private final HttpEmbedding http;
  private final String model;

  OpenAiEmbedding(ModelEndpoint endpoint, String model) {
    this.model = model;
    http =
        new HttpEmbedding(
            endpoint,
            model,
            new HttpEmbedding.Door(
                OpenAiWire.door(endpoint, "embeddings"),
                OpenAiWire.headers(endpoint),
                this::question));
  }

  private String question(List<String> texts) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeStringField("model", model);
      json.writeStringField("encoding_format", "float");
      json.writeArrayFieldStart("input");
      for (String text : texts) {
        json.writeString(text);
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  @Override
  public String name() {
    return model;
  }

  @Override
  public Embedded embed(List<String> texts) throws ModelException, InterruptedException {
    return http.embed(texts);
  }
}
