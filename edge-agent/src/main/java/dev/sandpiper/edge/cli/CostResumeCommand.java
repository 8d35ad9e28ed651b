package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.ledger.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `sandpiper cost resume`.
@Command(
    name = "resume",
    description = "Let a workflow buy again that was paused because it seemed to have run away.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper cost resume                     what is paused, and why",
      "  sandpiper cost resume schedule:morning    it goes on"
    })
final class CostResumeCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "WORKFLOW",
      description = "Which. Default: none, all that are paused are shown.")
  private @Nullable String workflow;

  CostResumeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    AgentConfig config = session.config(common);
    List<Refusal.Paused> paused =
        session.workshop().hasState(config) ? session.workshop().pauses(config) : List.of();
    String wanted = workflow;
    if (wanted == null) {
      print(paused);
      return 0;
    }
    if (paused.stream().noneMatch(pause -> pause.workflow().equals(wanted))) {
      throw new CliException(
          CliException.NOT_FOUND,
          "\"%s\" is not paused; 'sandpiper cost resume' shows what is"
              .formatted(Console.plain(wanted)));
    }
    Optional<AgentClient> agent = session.findAgent(config, common);
    if (agent.isPresent()) {
      agent.get().post("/v1/pauses/resume?workflow=" + AgentClient.encode(wanted)).orThrow();
    } else {
      session.workshop().resume(config, wanted);
    }
    session.console().out().println("\"%s\" goes on".formatted(Console.plain(wanted)));
    return 0;
  }

  private void print(List<Refusal.Paused> paused) {
    if (paused.isEmpty()) {
      session.console().out().println("Nothing is paused");
    }
    paused.forEach(pause -> session.console().out().println(Console.plain(pause.words())));
  }
}
