package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.DocumentState;
import dev.sandpiper.edge.view.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sandpiper show`.
@Command(
    name = "show",
    description = "Print one document.",
    footerHeading = "%nExamples:%n",
    footer = {"  sandpiper show report.pdf", "  sandpiper show 2cf24dba --format json"})
final class ShowCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  ShowCommand(Session session) {
    this.session = session;
  }

  /// What of the document is printed.
  enum Format {
    MD,
    JSON,
    SOURCE,
    INFO
  }

  @Parameters(paramLabel = "DOC", description = "Id, beginning of an id, or name.")
  private String key = "";

  @Option(
      names = "--format",
      defaultValue = "md",
      description = "md, json (everything), source (the bytes as sent) or info.")
  private Format format = Format.MD;

  @Override
  public Integer call() throws IOException {
    try (Workshop.ReadingRoom room = session.reader(session.config(common))) {
      DocumentInfo document = Session.document(room, key);
      Console console = session.console();
      if (format == Format.INFO) {
        session.printJson(out -> Views.document(out, document));
      } else if (format == Format.SOURCE) {
        Files.copy(room.blobs().path(document.sha256()), console.out());
      } else if (document.state() != DocumentState.PARSED) {
        throw new CliException(
            CliException.SOME_FAILED,
            "%s is %s%s; 'sandpiper show --format source' prints what was sent"
                .formatted(
                    Console.plain(document.name()),
                    document.state().name().toLowerCase(Locale.ROOT),
                    document.message() == null ? "" : " (" + document.message() + ")"));
      } else if (format == Format.MD) {
        room.library().writeMarkdown(document.sha256(), console.out());
      } else {
        room.library().writeJson(document.sha256(), console.out());
      }
      console.out().flush();
      return 0;
    }
  }
}
