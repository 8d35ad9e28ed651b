package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.Environment;

/// Runs one command line over the process's own streams.
public final class Main {

  private Main() {}

  /// Runs `arguments` and returns the exit code. The agent's start does not ask the terminal
  /// anything, so that none of that stays loaded.
  public static int launch(Workshop workshop, Environment environment, String... arguments) {
    Console console =
        CommandLineTool.isPlainRun(arguments)
            ? SystemConsole.plain()
            : SystemConsole.open(environment);
    int code = new CommandLineTool(workshop, environment, console).run(arguments);
    console.out().flush();
    return code;
  }
}
