package dev.sandpiper.edge.llm.openai;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.Usage;
import java.util.Optional;
import java.util.stream.Stream;

/// What a call took, in all the places where providers say so.
final class OpenAiUsage {

  private OpenAiUsage() {}

  /// From a chunk, or a choice; empty when it says nothing.
  static Optional<Usage> of(JsonValue chunk) {
    return Stream.of(chunk.at("usage"), chunk.at("x_groq", "usage"))
        .filter(usage -> usage.findNumber("prompt_tokens").isPresent())
        .map(OpenAiUsage::usage)
        .findFirst();
  }

  private static Usage usage(JsonValue usage) {
    long input = number(usage, "prompt_tokens");
    long output = number(usage, "completion_tokens");
    long reasoning = number(usage, "completion_tokens_details", "reasoning_tokens");
    long total = number(usage, "total_tokens");
    if (total > input + output && reasoning > 0) {
      output = total - input; // some count their thoughts beside the answer
    }
    long cached =
        usage
            .findNumber("prompt_tokens_details", "cached_tokens")
            .or(() -> usage.findNumber("prompt_cache_hit_tokens"))
            .or(() -> usage.findNumber("cached_tokens"))
            .orElse(0L);
    long writes = number(usage, "prompt_tokens_details", "cache_write_tokens");
    return new Usage(input, cached, writes, output, reasoning, true);
  }

  private static long number(JsonValue usage, String... path) {
    return Math.max(0, usage.number(0, path));
  }
}
