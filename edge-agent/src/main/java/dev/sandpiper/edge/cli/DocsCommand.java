package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.library.DocumentFilter;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.DocumentState;
import dev.sandpiper.edge.view.Views;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `sandpiper docs`.
@Command(
    name = "docs",
    description = "List the documents of the library, newest first.",
    footerHeading = "%nExamples:%n",
    footer = {"  sandpiper docs --state failed"},
    aliases = "list")
final class DocsCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  DocsCommand(Session session) {
    this.session = session;
  }

  @Option(names = "--state", description = "Only pending, parsed, failed or parked ones.")
  private @Nullable DocumentState state;

  @Option(names = "--limit", defaultValue = "50", description = "Most documents (1 to 1000).")
  private int limit;

  @Override
  public Integer call() {
    try (Workshop.ReadingRoom room = session.reader(session.config(common))) {
      List<DocumentInfo> documents =
          room.library()
              .list(
                  new DocumentFilter(
                      state,
                      DocumentFilter.Facets.ANY,
                      Long.MAX_VALUE,
                      Math.clamp(limit, 1, 1_000)));
      if (json.wanted()) {
        session.printJson(out -> {
          out.writeStartArray();
          for (DocumentInfo document : documents) {
            Views.document(out, document);
          }
          out.writeEndArray();
        });
        return 0;
      }
      Table table = new Table("ID", "STATE", "PAGES", "NAME");
      for (DocumentInfo document : documents) {
        table.addNoted(
            document.message(),
            document.sha256().substring(0, 12),
            document.state().name().toLowerCase(Locale.ROOT),
            document.state() == DocumentState.PARSED ? Integer.toString(document.pages()) : "–",
            document.name());
      }
      table.print(session.console());
      return 0;
    }
  }
}
