package dev.sandpiper.edge.ask;

import dev.sandpiper.contract.PageRange;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.Passage;
import dev.sandpiper.edge.library.Passages;
import dev.sandpiper.edge.llm.ToolSpec;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.queue.Job;
import dev.sandpiper.edge.queue.JobFilter;
import dev.sandpiper.edge.queue.JobView;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Tools that only look, within what the person may see.
final class ReadingTools {
  private static final int LONGEST_QUERY = 300;
  private static final int LONGEST_NAME = 200;
  private static final int FOUND = 6;
  private static final int JOBS = 20;

  /// Characters of a document opened at once.
  private static final int OPENED = 6_000;

  private ReadingTools() {}

  /// Finds passages.
  record Search(Retrieval retrieval, QuestionReader reader, LocalDate today) implements Tool {
    @Override
    public ToolSpec spec() {
      return new ToolSpec(
          "search_library",
          "Finds passages in the documents by words. Use it when the passages at hand do not answer"
              + " the question.",
          """
          {"type":"object","properties":{"query":{"type":"string","description":"Words to look for"}},\
          "required":["query"],"additionalProperties":false}\
          """);
    }

    @Override
    public Map<String, Argument> arguments() {
      return Map.of("query", new Argument(true, LONGEST_QUERY));
    }

    @Override
    public Outcome use(JsonValue arguments, Workbench bench) throws InterruptedException {
      Question query =
          reader.read(arguments.text("query", ""), bench.spoken().person().language(), today);
      List<Passage> found =
          retrieval.find(
              new Retrieval.Wanted(query, query.clues(), bench.scope(), Set.of(), FOUND));
      return new Outcome.Told(
          found.isEmpty() ? "Nothing was found." : "Found " + found.size() + " passages.", found);
    }
  }

  /// Reads some pages of a document.
  record Open(Passages passages) implements Tool {
    @Override
    public ToolSpec spec() {
      return new ToolSpec(
          "open_document",
          "Reads a document from a page on. Name it as the passages do.",
          """
          {"type":"object","properties":{"name":{"type":"string","description":"File name"},\
          "first_page":{"type":"integer","minimum":1},"last_page":{"type":"integer","minimum":1}},\
          "required":["name"],"additionalProperties":false}\
          """);
    }

    @Override
    public Map<String, Argument> arguments() {
      return Map.of(
          "name",
          new Argument(true, LONGEST_NAME),
          "first_page",
          new Argument(false, 0),
          "last_page",
          new Argument(false, 0));
    }

    @Override
    public Outcome use(JsonValue arguments, Workbench bench) {
      Optional<DocumentInfo> document =
          passages.named(arguments.text("name", ""), bench.scope().withoutFacets(), 1).stream()
              .findFirst();
      if (document.isEmpty()) {
        return new Outcome.Refused("There is no document of that name.");
      }
      long first = arguments.number(1, "first_page");
      long last = arguments.number(Math.max(first, 1_000_000), "last_page");
      if (last < first) {
        return new Outcome.Refused("last_page must not be smaller than first_page.");
      }
      boolean whole = !arguments.has("first_page") && !arguments.has("last_page");
      PageRange pages = whole ? null : new PageRange((int) first, (int) last);
      Passages.Reading reading = passages.read(document.get().sha256(), pages, OPENED);
      return new Outcome.Told(
          reading.passages().isEmpty()
              ? "There is no text there. Pages: " + document.get().pages() + "."
              : reading.hasMore() ? "There is more; ask for later pages." : "That is all.",
          reading.passages());
    }
  }

  /// Lists what the agent is doing.
  record Jobs(JobView view, Passages passages) implements Tool {
    @Override
    public ToolSpec spec() {
      return new ToolSpec(
          "list_jobs",
          "Lists the newest jobs of the agent with their states.",
          """
          {"type":"object","properties":{},"additionalProperties":false}\
          """);
    }

    @Override
    public Map<String, Argument> arguments() {
      return Map.of();
    }

    @Override
    public Outcome use(JsonValue arguments, Workbench bench) {
      boolean guest = !bench.spoken().person().role().atLeast(Role.MEMBER);
      String lines =
          view.list(JobFilter.newest(JOBS)).stream()
              .filter(job ->
                  !guest || passages.find(job.subject(), bench.scope().withoutFacets()).isPresent())
              .map(Jobs::line)
              .collect(Collectors.joining("\n"));
      return new Outcome.Told(lines.isEmpty() ? "There are no jobs." : lines, List.of());
    }

    /// The agent's own words only: a reason may quote a document.
    private static String line(Job job) {
      return "job %d: %s, %s, %d attempts, changed %s"
          .formatted(
              job.id(),
              job.kind(),
              job.state().name().toLowerCase(Locale.ROOT),
              job.attempts(),
              job.updated());
    }
  }
}
