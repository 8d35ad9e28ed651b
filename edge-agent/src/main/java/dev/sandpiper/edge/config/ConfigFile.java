package dev.sandpiper.edge.config;

import dev.sandpiper.edge.health.DiskFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// Finds, reads and checks the configuration file.
public final class ConfigFile {

  private static final int LARGEST = 1 << 20;
  private static final Path SYSTEM_WIDE = Path.of("/etc/sandpiper/sandpiper.toml");

  private ConfigFile() {}

  /// The file that is read: the one given, else `$SANDPIPER_CONFIG`, else the person's own, else
  /// the system's; empty when there is none.
  public static Optional<Path> find(@Nullable Path given, Environment environment) {
    String variable = environment.variable("SANDPIPER_CONFIG");
    if (given != null) {
      return Optional.of(given.toAbsolutePath());
    }
    if (variable != null) {
      return Optional.of(environment.path(variable));
    }
    Path own = environment.configFolder().resolve("sandpiper.toml");
    return List.of(own, SYSTEM_WIDE).stream().filter(Files::isRegularFile).findFirst();
  }

  /// Reads the configuration; without a file it is all defaults.
  ///
  /// @param given the file a person named; `null`: see [#find]
  /// @throws ConfigException with every problem, when there is one
  public static AgentConfig load(@Nullable Path given, Environment environment) {
    Optional<Path> file = find(given, environment);
    return parse(file.map(ConfigFile::read).orElse(""), file, environment);
  }

  /// Reads configuration text.
  ///
  /// @param file where the text came from, for messages
  /// @throws ConfigException with every problem, when there is one
  public static AgentConfig parse(String text, Optional<Path> file, Environment environment) {
    List<ConfigProblem> problems = new ArrayList<>();
    Values values = new Values(environment);
    if (!text.isBlank()) {
      // Without a file the TOML parser's classes are never loaded.
      new Reading(Toml.parse(text), values, problems).run();
    }
    if (problems.isEmpty()) {
      PeopleCheck.problems(values)
          .forEach((key, message) -> problems.add(problem(values.effective(), key, message)));
    }
    if (problems.isEmpty()) {
      AgentConfig config = AgentConfig.from(file, values);
      checkTogether(config, problems);
      TelegramCheck.problems(values)
          .forEach((key, message) -> problems.add(problem(config, key, message)));
      AwsBurstCheck.problems(values)
          .forEach((key, message) -> problems.add(problem(config, key, message)));
      if (problems.isEmpty()) {
        return config;
      }
    }
    problems.sort(Comparator.comparingInt(ConfigProblem::line));
    throw new ConfigException(message(file, problems), problems, null);
  }

  private static String message(Optional<Path> file, List<ConfigProblem> problems) {
    StringBuilder message = new StringBuilder();
    message.append(file.map(Path::toString).orElse("configuration")).append(": ");
    message.append(problems.size() == 1 ? "1 problem" : problems.size() + " problems");
    problems.forEach(problem -> message.append("\n  ").append(problem));
    return message.toString();
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new ConfigException("configuration file " + file + " is larger than 1MB");
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new ConfigException(
          "configuration file "
              + file
              + " does not exist; create it with 'sandpiper config init', or leave --config and"
              + " SANDPIPER_CONFIG away",
          e);
    } catch (IOException e) {
      throw new ConfigException(
          "configuration file " + file + " cannot be read: " + DiskFailure.words(e), e);
    }
  }

  private static void checkTogether(AgentConfig config, List<ConfigProblem> problems) {
    if (!config.http().isLoopback() && config.http().token().isEmpty()) {
      problems.add(
          problem(
              config,
              ConfigKey.HTTP_BIND,
              "listening beyond this machine needs http.token, for instance \"env:SANDPIPER_TOKEN\";"
                  + " or use \"127.0.0.1\""));
    }
    if (config.queue().backoffBase().compareTo(config.queue().backoffCap()) > 0) {
      problems.add(
          problem(
              config,
              ConfigKey.QUEUE_BACKOFF_BASE,
              "must not be longer than queue.backoff_cap ("
                  + Units.text(config.queue().backoffCap())
                  + ")"));
    }
    for (Path folder : config.intake().folders()) {
      if (config.home().startsWith(folder) || folder.startsWith(config.home())) {
        problems.add(
            problem(
                config,
                ConfigKey.INTAKE_FOLDERS,
                folder + " and the agent's home " + config.home() + " must not hold each other"));
      }
    }
  }

  private static ConfigProblem problem(AgentConfig config, ConfigKey key, String message) {
    return problem(config.effective(), key, message);
  }

  private static ConfigProblem problem(
      List<EffectiveValue> effective, ConfigKey key, String message) {
    int line =
        effective.stream()
            .filter(value -> value.key() == key && value.origin().startsWith("line "))
            .mapToInt(value -> Integer.parseInt(value.origin().substring(5)))
            .findFirst()
            .orElse(0);
    return new ConfigProblem(line, key.key(), message);
  }

  /// One pass over a parsed file.
  private record Reading(TomlParseResult toml, Values values, List<ConfigProblem> problems) {

    void run() {
      for (TomlParseError error : toml.errors()) {
        problems.add(new ConfigProblem(line(error.position()), "", firstLine(error)));
      }
      if (problems.isEmpty()) {
        table(toml, new ArrayList<>());
      }
    }

    private void table(TomlTable table, List<String> path) {
      for (String name : table.keySet()) {
        path.addLast(name);
        Object raw = table.get(List.of(name));
        int line = line(toml.inputPositionOf(path));
        if (raw instanceof TomlTable inner && (isPrefix(path) || !inner.isEmpty())) {
          table(inner, path);
        } else if (raw != null) {
          value(String.join(".", path), raw, line);
        }
        path.removeLast();
      }
    }

    private static boolean isPrefix(List<String> path) {
      String prefix = String.join(".", path) + ".";
      return ConfigKey.all().stream().anyMatch(key -> key.key().startsWith(prefix));
    }

    private void value(String name, Object raw, int line) {
      Optional<ConfigKey> key = ConfigKey.find(name);
      if (key.isEmpty()) {
        String meant =
            Nearest.to(name, ConfigKey.all().stream().map(ConfigKey::key).toList())
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("'sandpiper config show' lists all keys");
        problems.add(new ConfigProblem(line, name, "unknown key; " + meant));
        return;
      }
      try {
        Object plain = raw instanceof TomlArray array ? array.toList() : raw;
        String text = key.get().type().canonical(plain);
        if (!(text.isEmpty() && key.get() == ConfigKey.AGENT_HOME)) {
          values.put(key.get(), text, "line " + line);
        }
      } catch (ValueType.BadValueException e) {
        problems.add(new ConfigProblem(line, name, String.valueOf(e.getMessage())));
      }
    }

    private static int line(@Nullable TomlPosition position) {
      return position == null ? 0 : position.line();
    }

    private static String firstLine(TomlParseError error) {
      return String.valueOf(error.getMessage()).lines().findFirst().orElse("not valid TOML");
    }
  }
}
