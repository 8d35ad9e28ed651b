package dev.sandpiper.edge.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A secret that cannot be printed by accident.
public final class Secret {

  static final int LONGEST = 4_096;

  private final String value;

  /// @throws ConfigException when the value is empty, too long or holds control characters
  public Secret(String value) {
    if (value.isEmpty() || value.length() > LONGEST) {
      throw new ConfigException("a secret must have 1 to " + LONGEST + " characters");
    }
    if (value.chars().anyMatch(c -> c < ' ')) {
      throw new ConfigException("a secret must not hold control characters");
    }
    this.value = value;
  }

  /// Whether `candidate` is the secret; the time it takes does not depend on where they differ.
  public boolean matches(String candidate) {
    return MessageDigest.isEqual(
        candidate.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
  }

  /// The secret itself, for the one place that sends it.
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
