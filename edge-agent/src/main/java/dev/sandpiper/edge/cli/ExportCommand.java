package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.library.DocumentFilter;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.DocumentState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sandpiper export`.
@Command(
    name = "export",
    description = "Write all parsed documents into a folder, as Markdown or JSON.",
    footerHeading = "%nExamples:%n",
    footer = {"  sandpiper export ./markdown"})
final class ExportCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  ExportCommand(Session session) {
    this.session = session;
  }

  @Parameters(paramLabel = "DIR", description = "Folder; made when it is missing.")
  private Path folder = Path.of("");

  @Option(names = "--format", defaultValue = "md", description = "md or json.")
  private ResultFile.Format format = ResultFile.Format.MD;

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(folder);
    long before = Long.MAX_VALUE;
    int count = 0;
    try (Workshop.ReadingRoom room = session.reader(session.config(common))) {
      while (true) {
        List<DocumentInfo> page =
            room.library()
                .list(
                    new DocumentFilter(
                        DocumentState.PARSED, DocumentFilter.Facets.ANY, before, PAGE));
        for (DocumentInfo document : page) {
          write(room, document);
          count++;
        }
        if (page.size() < PAGE) {
          break;
        }
        before = page.getLast().id();
      }
    }
    session
        .console()
        .out()
        .println(count + (count == 1 ? " document" : " documents") + " written to " + folder);
    return 0;
  }

  private void write(Workshop.ReadingRoom room, DocumentInfo document) throws IOException {
    // The id's beginning keeps documents of the same name apart.
    String mark = "." + document.sha256().substring(0, 8);
    Path file = ResultFile.in(folder, document.name(), mark, format);
    try (OutputStream out = Files.newOutputStream(file)) {
      if (format == ResultFile.Format.MD) {
        room.library().writeMarkdown(document.sha256(), out);
      } else {
        room.library().writeJson(document.sha256(), out);
      }
    }
  }

  private static final int PAGE = 500;
}
