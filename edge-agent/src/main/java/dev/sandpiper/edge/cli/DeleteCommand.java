package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.library.DocumentInfo;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sandpiper delete`.
@Command(
    name = "delete",
    description = "Delete a document, its text and its source for good.",
    footerHeading = "%nExamples:%n",
    footer = {"  sandpiper delete report.pdf"})
final class DeleteCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  DeleteCommand(Session session) {
    this.session = session;
  }

  @Parameters(paramLabel = "DOC", description = "Id, beginning of an id, or name.")
  private String key = "";

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Override
  public Integer call() throws IOException {
    AgentConfig config = session.config(common);
    DocumentInfo document;
    try (Workshop.ReadingRoom room = session.reader(config)) {
      document = Session.document(room, key);
    }
    String name = Console.plain(document.name());
    if (!yes && !confirmed(name)) {
      session.console().err().println("Nothing was deleted.");
      return CliException.SOME_FAILED;
    }
    Optional<AgentClient> agent = session.findAgent(config, common);
    if (agent.isPresent()) {
      agent.get().delete("/v1/documents/" + document.sha256()).orThrow();
    } else {
      try (Workshop.Desk desk = session.workshop().openStore(config)) {
        desk.library().delete(document.sha256());
      }
    }
    session.console().out().println("Deleted " + name);
    return 0;
  }

  private boolean confirmed(String name) throws IOException {
    Console console = session.console();
    if (!console.terminal()) {
      throw new CliException(CliException.USAGE, "deleting from a script needs --yes");
    }
    console.err().print("Delete " + name + " for good? [y/N] ");
    console.err().flush();
    int answer = console.in().read();
    return answer == 'y' || answer == 'Y';
  }
}
