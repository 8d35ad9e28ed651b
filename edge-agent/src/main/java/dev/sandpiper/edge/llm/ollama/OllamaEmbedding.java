package dev.sandpiper.edge.llm.ollama;

import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.wire.HttpEmbedding;
import dev.sandpiper.edge.llm.wire.JsonText;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;
import java.util.List;

/// Embeddings.
final class OllamaEmbedding implements EmbeddingModel {

  private final HttpEmbedding http;
  private final String model;
  private final OllamaOptions options;

  OllamaEmbedding(ModelEndpoint endpoint, String model, OllamaOptions options) {
    this.model = model;
    this.options = options;
    http =
        new HttpEmbedding(
            endpoint,
            model,
            new HttpEmbedding.Door(
                OllamaModels.door(endpoint, "embed"),
                OllamaModels.headers(endpoint),
                this::question));
  }

  private String question(List<String> texts) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeStringField("model", model);
      OllamaWire.keepAlive(options, json);
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
