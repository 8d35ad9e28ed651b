package dev.sandpiper.edge.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The configuration cannot be used.
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<ConfigProblem> problems;

  /// A value that is wrong in itself.
  public ConfigException(String message) {
    this(message, List.of(), null);
  }

  ConfigException(String message, Throwable cause) {
    this(message, List.of(), cause);
  }

  ConfigException(String message, List<ConfigProblem> problems, @Nullable Throwable cause) {
    super(message, cause);
    this.problems = List.copyOf(problems);
  }

  /// Every problem found, in the order of the file; empty when a secret is the problem.
  public List<ConfigProblem> problems() {
    return problems;
  }
}
