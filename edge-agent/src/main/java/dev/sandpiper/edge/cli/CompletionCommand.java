package dev.sandpiper.edge.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `sandpiper completion`.
@Command(
    name = "completion",
    description = "Print a completion script for bash and zsh.",
    footerHeading = "%nExamples:%n",
    footer = {"  source <(sandpiper completion)"})
final class CompletionCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    CommandLine line =
        new CommandLineTool(session.workshop(), session.environment(null), session.console())
            .commandLine();
    session.console().out().print(AutoComplete.bash("sandpiper", line));
    session.console().out().flush();
    return 0;
  }
}
