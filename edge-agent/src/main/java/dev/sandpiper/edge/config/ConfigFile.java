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
    Values values = Values.ofFile(environment);
    List<SectionValues> sections = new ArrayList<>();
    if (!text.isBlank()) {
      // Without a file the TOML parser's classes are never loaded.
      new ConfigReading(values, sections, environment, problems).read(text);
    }
    if (problems.isEmpty()) {
      PeopleCheck.problems(values)
          .forEach((key, message) -> problems.add(values.problem(key, message)));
      DiscordConfig.problems(values)
          .forEach((key, message) -> problems.add(values.problem(key, message)));
    }
    if (problems.isEmpty()) {
      AgentConfig config = AgentConfig.from(file, values, sections);
      checkTogether(config, values, problems);
      TelegramCheck.problems(values)
          .forEach((key, message) -> problems.add(values.problem(key, message)));
      AwsBurstCheck.problems(values)
          .forEach((key, message) -> problems.add(values.problem(key, message)));
      problems.addAll(ModelCheck.problems(values, sections));
      problems.addAll(BudgetConfig.problems(sections));
      problems.addAll(WebhookConfig.problems(sections));
      problems.addAll(ScheduleCheck.problems(values, sections));
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

  private static void checkTogether(
      AgentConfig config, Values values, List<ConfigProblem> problems) {
    if (!config.http().isLoopback() && config.http().token().isEmpty()) {
      problems.add(
          values.problem(
              ConfigKey.HTTP_BIND,
              "listening beyond this machine needs http.token, for instance"
                  + " \"env:SANDPIPER_TOKEN\"; or use \"127.0.0.1\""));
    }
    if (config.queue().backoffBase().compareTo(config.queue().backoffCap()) > 0) {
      problems.add(
          values.problem(
              ConfigKey.QUEUE_BACKOFF_BASE,
              "must not be longer than queue.backoff_cap ("
                  + Units.text(config.queue().backoffCap())
                  + ")"));
    }
    for (Path folder : config.intake().folders()) {
      if (config.home().startsWith(folder) || folder.startsWith(config.home())) {
        problems.add(
            values.problem(
                ConfigKey.INTAKE_FOLDERS,
                folder + " and the agent's home " + config.home() + " must not hold each other"));
      }
    }
  }
}
