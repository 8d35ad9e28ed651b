package dev.sandpiper.edge.llm.ollama;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What Ollama is told beside the question.
///
/// @param keepAlive how long the model stays loaded after it; `null` leaves it to the server
/// @param contextTokens longest question and answer together; 0 leaves it to the server, which then
///   cuts off the beginning of longer ones without a word
public record OllamaOptions(@Nullable Duration keepAlive, int contextTokens) {

  /// All as the server has it.
  public static final OllamaOptions SERVERS = new OllamaOptions(null, 0);
}
