package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.ConfigText;
import dev.sandpiper.edge.config.EffectiveValue;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `sandpiper config`.
@Command(
    name = "config",
    description = "Check, show or begin the configuration.",
    footerHeading = "%nExamples:%n",
    footer = {"  sandpiper config init", "  sandpiper config check"})
final class ConfigCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  ConfigCommand(Session session) {
    this.session = session;
  }

  /// What is done.
  enum Action {
    CHECK,
    SHOW,
    INIT
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "ACTION",
      description =
          "check (default), show the values in force, or init: write a file to start from.")
  private Action action = Action.CHECK;

  @Override
  public Integer call() throws IOException {
    switch (action) {
      case CHECK -> {
        check(session.config(common));
      }
      case SHOW -> show(session.config(common).effective());
      case INIT -> init();
    }
    return 0;
  }

  private void check(AgentConfig config) {
    if (json.wanted()) {
      session.printJson(out -> {
        out.writeStartObject();
        Json.text(out, "file", config.file().map(Path::toString).orElse(null));
        out.writeBooleanField("valid", true);
        out.writeEndObject();
      });
      return;
    }
    session
        .console()
        .out()
        .println(
            config
                .file()
                .map(file -> file + " is valid")
                .orElse("No configuration file; all values are defaults, which is fine"));
  }

  private void show(List<EffectiveValue> values) {
    if (!json.wanted()) {
      values.forEach(value -> session.console().out().println(value));
      return;
    }
    session.printJson(out -> {
      out.writeStartArray();
      for (EffectiveValue value : values) {
        out.writeStartObject();
        out.writeStringField("key", value.key());
        out.writeStringField("value", value.text());
        out.writeStringField("origin", value.origin());
        out.writeStringField("meaning", value.meaning());
        out.writeEndObject();
      }
      out.writeEndArray();
    });
  }

  /// Where every other command will look for it.
  private Path target() {
    Path given = common.config();
    if (given != null) {
      return given;
    }
    Environment environment = session.environment(null);
    String variable = environment.variable("SANDPIPER_CONFIG");
    return variable == null || variable.isBlank()
        ? environment.configFolder().resolve("sandpiper.toml")
        : Path.of(variable);
  }

  private void init() throws IOException {
    Path file = target();
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try {
      Files.writeString(file, ConfigText.starterFile(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException _) {
      throw new CliException(
          CliException.SOME_FAILED, file + " exists; it was not changed. Edit it, or move it away");
    }
    session.console().out().println("Wrote " + file);
  }
}
