package dev.sandpiper.edge.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `sandpiper cost`: the help of its commands.
@Command(
    name = "cost",
    synopsisSubcommandLabel = "COMMAND",
    description = "Show and steer what is spent.")
final class CostCommand implements Runnable {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  // Set by picocli before the command runs.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    if (!help) {
      throw new ParameterException(
          spec.commandLine(), "name what to do, for instance 'sandpiper cost prices'");
    }
  }
}
