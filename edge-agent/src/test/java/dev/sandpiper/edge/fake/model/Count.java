package dev.sandpiper.edge.fake.model;

import java.util.List;

/// Tokens of one call, the parts contained in the wholes.
public record Count(long input, long cached, long written, long output, long reasoning) {

  /// Tokens of a text: its words, each with the space after it.
  static List<String> tokens(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("(?<=\\s)(?=\\S)"));
  }

  static long of(String text) {
    return tokens(text).size();
  }
}
