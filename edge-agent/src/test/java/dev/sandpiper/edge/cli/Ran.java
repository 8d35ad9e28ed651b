package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.Environment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// A command that was run without a terminal.
///
/// @param code it ended with
/// @param out what it said
/// @param err what it complained of
record Ran(int code, String out, String err) {

  /// Runs one.
  ///
  /// @param width of its lines
  static Ran of(Workshop workshop, Environment environment, int width, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code;
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      Console console =
          new Console(
              new ByteArrayInputStream(new byte[0]), outStream, errStream, false, false, width);
      code = new CommandLineTool(workshop, environment, console).run(arguments);
    }
    return new Ran(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// A home that has its configuration beside it.
  static Environment at(Path home) {
    return new Environment(
        Map.of("SANDPIPER_HOME", home.toString(), "XDG_CONFIG_HOME", home.toString()), home);
  }
}
