package dev.sandpiper.edge.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of every command.
final class CommonOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "Configuration file. Default: the first there is of",
        "$SANDPIPER_CONFIG,",
        "~/.config/sandpiper/sandpiper.toml and",
        "/etc/sandpiper/sandpiper.toml."
      })
  private @Nullable Path config;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "The agent's folder, when agent.home is not configured.")
  private @Nullable Path home;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(names = "--debug", description = "Show where an error comes from.")
  private boolean debug;

  @Nullable Path config() {
    return config;
  }

  @Nullable Path home() {
    return home;
  }

  boolean debug() {
    return debug;
  }

  boolean help() {
    return help;
  }
}
