package dev.sandpiper.edge.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the process was given: environment variables and the person's home folder.
public record Environment(Map<String, String> variables, Path userHome) {

  public Environment {
    variables = Map.copyOf(variables);
  }

  /// The variable's value; `null` when it is unset or empty.
  public @Nullable String variable(String name) {
    String value = variables.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /// A path as a person writes it: `~/` is the home folder; relative ones are made absolute.
  Path path(String text) {
    Path path =
        text.equals("~") || text.startsWith("~/")
            ? userHome.resolve(text.substring(Math.min(2, text.length())))
            : Path.of(text);
    return path.toAbsolutePath().normalize();
  }

  /// The agent's home when the file does not name one.
  Path defaultHome() {
    String home = variable("SANDPIPER_HOME");
    String systemd = variable("STATE_DIRECTORY");
    String xdg = variable("XDG_STATE_HOME");
    if (home != null) {
      return path(home);
    }
    if (systemd != null) {
      // systemd lists several folders with colons; the first is ours.
      return path(systemd.split(":", 2)[0]);
    }
    return xdg != null
        ? path(xdg).resolve("sandpiper")
        : userHome.resolve(".local/state/sandpiper").toAbsolutePath();
  }

  /// Folder of the person's own configuration files.
  public Path configFolder() {
    String xdg = variable("XDG_CONFIG_HOME");
    return (xdg != null ? path(xdg) : userHome.resolve(".config")).resolve("sandpiper");
  }
}
