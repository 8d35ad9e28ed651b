package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.ConfigFile;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.config.Nearest;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.config.TokenFile;
import dev.sandpiper.edge.http.AgentFile;
import dev.sandpiper.edge.library.DocumentFilter;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.view.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What every command works with.
final class Session {

  private static final int NAMES_COMPARED = 500;

  private final Workshop workshop;
  private final Environment environment;
  private final Console console;

  Session(Workshop workshop, Environment environment, Console console) {
    this.workshop = workshop;
    this.environment = environment;
    this.console = console;
  }

  Workshop workshop() {
    return workshop;
  }

  Console console() {
    return console;
  }

  Environment environment(@Nullable Path home) {
    if (home == null) {
      return environment;
    }
    Map<String, String> variables = new HashMap<>(environment.variables());
    variables.put("SANDPIPER_HOME", home.toAbsolutePath().toString());
    return new Environment(variables, environment.userHome());
  }

  AgentConfig config(CommonOptions options) {
    return ConfigFile.load(options.config(), environment(options.home()));
  }

  /// The running agent, when there is one.
  Optional<AgentClient> findAgent(AgentConfig config, CommonOptions options) {
    Optional<Secret> token = TokenFile.find(config, environment(options.home()));
    return AgentFile.find(config.home())
        .flatMap(file -> token.map(secret -> new AgentClient(config.http(), file.port(), secret)));
  }

  /// The running agent.
  ///
  /// @throws CliException when there is none
  AgentClient agent(CommonOptions options) {
    AgentConfig config = config(options);
    return findAgent(config, options)
        .orElseThrow(() ->
            new CliException(
                CliException.NO_AGENT,
                "no agent is running in %s; start it with 'sandpiper run'"
                    .formatted(config.home())));
  }

  Workshop.ReadingRoom reader(AgentConfig config) {
    if (!Files.exists(config.home())) {
      throw CliException.nothingYet(config.home());
    }
    return workshop.openReader(config);
  }

  /// The document with this id, beginning of an id, or name.
  static DocumentInfo document(Workshop.ReadingRoom room, String key) {
    return room.library()
        .find(key)
        .orElseThrow(() ->
            new CliException(
                CliException.NOT_FOUND,
                "no document \"" + Console.plain(key) + "\"; " + meant(room, key)));
  }

  /// What somebody may have meant who names a document that is not there.
  private static String meant(Workshop.ReadingRoom room, String key) {
    if (!key.isEmpty() && key.length() <= 18 && key.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return "a document goes by its name or by six or more characters of its id, as in 2cf24d;"
          + " if it is a job: sandpiper jobs show "
          + key;
    }
    List<String> names =
        room.library().list(DocumentFilter.newest(NAMES_COMPARED)).stream()
            .map(DocumentInfo::name)
            .toList();
    return Nearest.to(key, names)
        .map(name -> "did you mean " + Console.plain(name) + "?")
        .orElse("'sandpiper docs' lists what there is");
  }

  void printJson(Json.Writer writer) {
    console.out().println(Json.line(writer));
  }
}
