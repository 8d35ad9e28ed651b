package dev.sandpiper.edge.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Configurations for tests.
public final class Configs {

  static final Path USER_HOME = Path.of("/people/ada");

  private Configs() {}

  public static Environment environment(String... pairs) {
    Map<String, String> variables = new java.util.HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      variables.put(pairs[i], pairs[i + 1]);
    }
    return new Environment(variables, USER_HOME);
  }

  public static AgentConfig parse(String toml) {
    return ConfigFile.parse(toml, Optional.empty(), environment());
  }

  static List<String> problems(String toml) {
    try {
      parse(toml);
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream().map(ConfigProblem::toString).toList();
    }
  }
}
