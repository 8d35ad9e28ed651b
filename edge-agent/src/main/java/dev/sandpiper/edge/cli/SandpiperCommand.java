package dev.sandpiper.edge.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command without a subcommand: its help.
@Command(
    name = "sandpiper",
    synopsisSubcommandLabel = "COMMAND",
    description = "Turns documents into Markdown, JSON and a searchable library.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper parse report.pdf                print a document as Markdown",
      "  sandpiper run                             start the agent",
      "  sandpiper submit ~/Documents              take in a folder and follow it",
      "  sandpiper chat                            ask about your documents",
      "  sandpiper find invoice after:2025-01-01   search what was taken in",
      "",
      "Exit codes: 0 done, 1 something failed, 2 wrong usage, 3 no agent reachable,",
      "4 not found, 5 configuration wrong."
    })
final class SandpiperCommand implements Runnable {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  private boolean version;

  // Set by picocli before the command runs.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    if (!help && !version) {
      throw new ParameterException(
          spec.commandLine(), "name a command, for instance 'sandpiper parse FILE'");
    }
  }
}
