package dev.sandpiper.edge.cli;

import java.io.InputStream;
import java.io.PrintStream;

/// Where a command reads and writes.
///
/// @param terminal whether a person looks at standard output
/// @param colour whether it may be coloured
/// @param width columns of the terminal
public record Console(
    InputStream in, PrintStream out, PrintStream err, boolean terminal, boolean colour, int width) {

  String bold(String text) {
    return style("1", text);
  }

  String faint(String text) {
    return style("2", text);
  }

  String red(String text) {
    return style("31", text);
  }

  String green(String text) {
    return style("32", text);
  }

  String yellow(String text) {
    return style("33", text);
  }

  private String style(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /// Text from documents and names, without anything a terminal would obey.
  static String plain(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> safe.appendCodePoint(Character.isISOControl(c) && c != '\n' ? ' ' : c));
    return safe.toString();
  }
}
