package dev.sandpiper.edge.fake.model;

import java.util.List;

/// All formats.
final class Formats {

  private Formats() {}

  static List<Format> all() {
    return List.of(
        new OpenAiFormat(), new AnthropicFormat(), new GeminiFormat(), new OllamaFormat());
  }
}
