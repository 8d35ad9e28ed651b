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
    footer = {
      "  sandpiper show report.pdf",
      "  sandpiper show 2cf24dba --format info",
      "  sandpiper show 2cf24dba --format json"
    })
final class ShowCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

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

  @Mixin private final JsonOption json = new JsonOption();

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
      if (json.wanted() && format == Format.MD) {
        format = Format.JSON;
      }
      if (format == Format.INFO) {
        info(document);
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

  private void info(DocumentInfo document) {
    if (json.wanted()) {
      session.printJson(out -> Views.document(out, document));
      return;
    }
    boolean parsed = document.state() == DocumentState.PARSED;
    new Sheet(document.name())
        .line("id", document.sha256())
        .line("state", document.state().name().toLowerCase(Locale.ROOT))
        .line("reason", document.message())
        .line("code", document.code())
        .line("title", document.title())
        .line("authors", String.join(", ", document.authors()))
        .line("type", document.mediaType())
        .line("size", "%,d bytes".formatted(document.size()))
        .line("pages", parsed ? document.pages() : null)
        .line("language", document.language())
        .line("made", document.created())
        .line("changed", document.modified())
        .line("received", document.received())
        .line("parsed", document.parsed())
        .line("warnings", document.warnings() == 0 ? null : document.warnings())
        .line("chunks", parsed ? document.chunks() : null)
        .line("tags", String.join(", ", document.tags()))
        .print(session.console());
  }
}
