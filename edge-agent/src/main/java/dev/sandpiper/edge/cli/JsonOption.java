package dev.sandpiper.edge.cli;

import picocli.CommandLine.Option;

/// `--json`, of every command that lists or shows something.
final class JsonOption {

  @Option(names = "--json", description = "Print JSON, for scripts.")
  private boolean wanted;

  boolean wanted() {
    return wanted;
  }
}
