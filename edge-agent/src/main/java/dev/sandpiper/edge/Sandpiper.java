package dev.sandpiper.edge;

import dev.sandpiper.edge.cli.CommandLineTool;
import dev.sandpiper.edge.cli.SystemConsole;
import dev.sandpiper.edge.config.Environment;
import java.nio.file.Path;

/// The `sandpiper` command.
public final class Sandpiper {

  private Sandpiper() {}

  /// Runs one command and ends the process with its exit code.
  public static void main(String[] arguments) {
    Environment environment =
        new Environment(System.getenv(), Path.of(System.getProperty("user.home", "/")));
    System.exit(
        new CommandLineTool(new EdgeWorkshop(), environment, SystemConsole.open(environment))
            .run(arguments));
  }
}
