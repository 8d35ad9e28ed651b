package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.Nearest;
import dev.sandpiper.edge.library.Place;
import dev.sandpiper.edge.library.SearchHit;
import dev.sandpiper.edge.library.SearchPage;
import dev.sandpiper.edge.library.SearchQuery;
import dev.sandpiper.edge.view.Views;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sandpiper find`.
@Command(
    name = "find",
    description = "Search the library.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper find invoice 2025",
      "  sandpiper find boiler -warranty",
      "  sandpiper find '\"annual report\"' type:pdf"
    })
final class FindCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  FindCommand(Session session) {
    this.session = session;
  }

  @Parameters(
      paramLabel = "WORDS",
      arity = "1..*",
      description =
          "Words, \"phrases\", begin* and -not; type:pdf, after:2025-01-01, before:…, tag:….")
  private List<String> words = List.of();

  @Option(names = "--limit", defaultValue = "10", description = "Most hits (1 to 100).")
  private int limit;

  @Override
  public Integer call() {
    refuseUnknownOptions();
    String text = words.stream().map(FindCommand::phrase).collect(Collectors.joining(" "));
    if (text.length() > SearchQuery.MAX_LENGTH) {
      throw new CliException(
          CliException.USAGE, "a search has at most " + SearchQuery.MAX_LENGTH + " characters");
    }
    try (Workshop.ReadingRoom room = session.reader(session.config(common))) {
      SearchPage page =
          room.library().search(SearchQuery.parse(text).page(0, Math.clamp(limit, 1, 100)));
      if (json.wanted()) {
        session.printJson(out -> Views.hits(out, page));
      } else {
        print(page);
      }
      return page.hits().isEmpty() ? CliException.NOT_FOUND : 0;
    }
  }

  /// A quoted argument of several plain words is a phrase; one with signs in it is a search.
  private static String phrase(String word) {
    boolean signs =
        word.indexOf('"') >= 0
            || word.indexOf(':') >= 0
            || word.indexOf('*') >= 0
            || word.startsWith("-")
            || word.contains(" -");
    return word.indexOf(' ') >= 0 && !signs ? "\"" + word + "\"" : word;
  }

  /// `-word` leaves documents out, so picocli must not take it for an option; `--word` is a typo.
  private void refuseUnknownOptions() {
    for (String word : words) {
      if (word.startsWith("--")) {
        String meant =
            Nearest.to(
                    word, List.of("--json", "--limit", "--config", "--home", "--debug", "--help"))
                .map(near -> "; did you mean " + near + "?")
                .orElse("; see 'sandpiper find --help'");
        throw new CliException(CliException.USAGE, "unknown option " + Console.plain(word) + meant);
      }
    }
  }

  private void print(SearchPage page) {
    Console console = session.console();
    page.notes().forEach(note -> console.err().println(Console.plain(note)));
    if (page.hits().isEmpty()) {
      console.err().println("Nothing found. Try fewer words, or the beginning of one: invoi*");
    }
    for (SearchHit hit : page.hits()) {
      String where = Place.shown(hit.place()).map(place -> "  " + place).orElse("");
      if (hit.pages() != null) {
        where = "  page " + hit.pages().first();
      }
      console
          .out()
          .println(
              console.bold(Console.plain(hit.document().name()))
                  + console.faint(
                      Console.plain(where) + "  " + hit.document().sha256().substring(0, 12)));
      if (!hit.headings().isEmpty()) {
        console.out().println("  " + Console.plain(String.join(" › ", hit.headings())));
      }
      String open = console.colour() ? "\u001b[1;33m" : "";
      String close = console.colour() ? "\u001b[0m" : "";
      String snippet =
          hit.snippet().marked(open, close, part -> Console.plain(part).replace('\n', ' '));
      console.out().println("  " + snippet);
      console.out().println();
    }
    if (page.hasMore()) {
      console.err().println("There is more; raise --limit.");
    }
  }
}
