package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.config.ModelConfig;
import dev.sandpiper.edge.config.ProviderConfig;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.EmbeddingModel;
import org.jspecify.annotations.Nullable;

/// Makes what speaks to a provider. Nothing is loaded before it is asked for.
public interface Adapters {

  /// One model that answers.
  ///
  /// @param key `null` for a provider without keys
  ChatModel chat(ProviderConfig provider, ModelConfig model, @Nullable Secret key);

  /// One model that makes vectors.
  ///
  /// @param key `null` for a provider without keys
  EmbeddingModel embedding(ProviderConfig provider, ModelConfig model, @Nullable Secret key);
}
