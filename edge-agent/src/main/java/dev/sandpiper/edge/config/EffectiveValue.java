package dev.sandpiper.edge.config;

/// A key and the value in force.
///
/// @param key the dotted name, for instance `http.port`
/// @param text the value as it would be written in the file; a secret is only its reference
/// @param origin `default`, `computed`, or `line N`
/// @param meaning one sentence or two for people
public record EffectiveValue(String key, String text, String origin, String meaning) {

  @Override
  public String toString() {
    return key + " = " + text + "  # " + origin;
  }
}
