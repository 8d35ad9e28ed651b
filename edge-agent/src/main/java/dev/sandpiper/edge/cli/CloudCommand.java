package dev.sandpiper.edge.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `sandpiper cloud`: the help of its commands.
@Command(
    name = "cloud",
    synopsisSubcommandLabel = "COMMAND",
    description = "Set up, check and steer bursts to the cloud.",
    footerHeading = "%nThe way there:%n",
    footer = {
      "  scripts/deploy                  make the cloud's half, with an AWS account",
      "  sandpiper cloud enroll          make this machine's key and request",
      "  scripts/deploy --device NAME    let the cloud know its certificate's authority",
      "  sandpiper cloud check --smoke   see a small document come back",
      "  sandpiper cloud cost            see what it cost",
      "",
      "Exit codes: 0 done, 1 something failed, 2 wrong usage, 3 no agent reachable,",
      "5 configuration wrong."
    })
final class CloudCommand implements Runnable {

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
          spec.commandLine(), "name what to do, for instance 'sandpiper cloud check'");
    }
  }
}
