package dev.sandpiper.edge.config;

/// Something wrong in the configuration.
///
/// @param line line in the file, from 1; 0 when no line is to blame
/// @param key the key; empty for a syntax error
/// @param message what is wrong and what would be right
public record ConfigProblem(int line, String key, String message) {

  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ": " : "") + (key.isEmpty() ? "" : key + ": ") + message;
  }
}
