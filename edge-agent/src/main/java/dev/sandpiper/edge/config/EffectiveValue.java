package dev.sandpiper.edge.config;

/// A key and the value in force.
///
/// @param text the value as it would be written in the file; a secret is only its reference
/// @param origin `default`, `computed`, or `line N`
public record EffectiveValue(ConfigKey key, String text, String origin) {

  @Override
  public String toString() {
    return key.key() + " = " + text + "  # " + origin;
  }
}
