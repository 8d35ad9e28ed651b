package dev.sandpiper.edge.llm;

import java.util.List;

/// Makes vectors of texts.
public interface EmbeddingModel {

  /// The model's name, so that vectors of different models are never compared.
  String name();

  /// One vector for each text, each of length 1.
  Embedded embed(List<String> texts) throws ModelException, InterruptedException;

  /// Vectors and what they took.
  record Embedded(List<float[]> vectors, Usage usage) {
    public Embedded {
      vectors = List.copyOf(vectors);
    }
  }
}
