package dev.sandpiper.edge.llm.gemini;

import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.wire.HttpEmbedding;
import dev.sandpiper.edge.llm.wire.JsonText;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;
import java.util.List;

/// Embeddings, several texts a call.
final class GeminiEmbedding implements EmbeddingModel {

  private final HttpEmbedding http;
  private final String model;

  GeminiEmbedding(ModelEndpoint endpoint, String model) {
    this.model = model;
    http =
        new HttpEmbedding(
            endpoint,
            model,
            new HttpEmbedding.Door(
                GeminiModels.door(endpoint, model, "batchEmbedContents"),
                GeminiModels.headers(endpoint),
                this::question));
  }

  private String question(List<String> texts) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("requests");
      for (String text : texts) {
        json.writeStartObject();
        json.writeStringField("model", GeminiModels.resource(model));
        json.writeObjectFieldStart("content");
        json.writeArrayFieldStart("parts");
        json.writeStartObject();
        json.writeStringField("text", text);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
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
