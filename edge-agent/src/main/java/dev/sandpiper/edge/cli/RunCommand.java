package dev.sandpiper.edge.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `sandpiper run`.
@Command(
    name = "run",
    description = "Start the agent and keep it running until it is told to stop.",
    footerHeading = "%nExamples:%n",
    footer = {"  sandpiper run", "  sandpiper run --home /srv/sandpiper"})
final class RunCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    session.workshop().runAgent(session.config(common), session.environment(common.home()));
    return 0;
  }
}
