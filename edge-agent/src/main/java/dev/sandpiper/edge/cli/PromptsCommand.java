package dev.sandpiper.edge.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.llm.prompts.Prompt;
import dev.sandpiper.edge.llm.prompts.PromptException;
import dev.sandpiper.edge.llm.prompts.Prompts;
import dev.sandpiper.edge.llm.prompts.TextDiff;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `sandpiper prompts`.
@Command(
    name = "prompts",
    description = "Show what models are told, and how it has changed.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper prompts",
      "  sandpiper prompts show ask",
      "  sandpiper prompts diff ask 1 2",
      "  sandpiper prompts diff ask      the file of your own against ours, else the",
      "                                  newest version against the one before",
      "",
      "A file <home>/prompts/NAME/VERSION.md of your own takes the place of ours;",
      "with the next VERSION it becomes the newest. It counts at once.",
      "",
      "Exit codes: 0 done, 1 a file of your own cannot be used, 2 wrong usage,",
      "4 no such prompt, 5 configuration wrong."
    })
final class PromptsCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  /// What is done.
  enum Action {
    LIST,
    SHOW,
    DIFF
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTION",
      description = "list (default), show or diff.")
  private Action action = Action.LIST;

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "The prompt.")
  private @Nullable String name;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "V1",
      description = "Its version. Default: the newest.")
  private @Nullable Integer first;

  @Parameters(
      index = "3",
      arity = "0..1",
      paramLabel = "V2",
      description = "The version to compare it with.")
  private @Nullable Integer second;

  PromptsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Prompts prompts = new Prompts(session.config(common).home().resolve("prompts"));
    try {
      switch (action) {
        case LIST -> list(prompts);
        case SHOW -> show(version(prompts, named(prompts), first));
        case DIFF -> diff(prompts, named(prompts));
      }
    } catch (PromptException e) {
      throw CliException.because(e);
    }
    return 0;
  }

  private void list(Prompts prompts) {
    List<Prompt> all =
        prompts.names().stream().flatMap(each -> prompts.versions(each).stream()).toList();
    if (json.wanted()) {
      session.printJson(out -> {
        out.writeStartArray();
        for (Prompt prompt : all) {
          write(out, prompt);
        }
        out.writeEndArray();
      });
      return;
    }
    Table table = new Table("PROMPT", "VERSION", "HASH", "FROM", "PLACEHOLDERS");
    for (Prompt prompt : all) {
      table.add(
          prompt.name(),
          String.valueOf(prompt.version()),
          prompt.hash(),
          prompt.own() ? "you" : "Sandpiper",
          String.join(" ", prompt.placeholders()));
    }
    table.print(session.console());
  }

  private static void write(JsonGenerator out, Prompt prompt) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", prompt.name());
    out.writeNumberField("version", prompt.version());
    out.writeStringField("hash", prompt.hash());
    out.writeBooleanField("own", prompt.own());
    out.writeStringField("text", prompt.text());
    out.writeEndObject();
  }

  private void show(Prompt prompt) {
    if (json.wanted()) {
      session.printJson(out -> write(out, prompt));
    } else {
      session.console().out().println(Console.plain(prompt.text()));
    }
  }

  private void diff(Prompts prompts, String of) {
    Prompt later = version(prompts, of, second == null ? first : second);
    Optional<Prompt> ours = later.own() ? prompts.builtIn(of, later.version()) : Optional.empty();
    Prompt earlier;
    if (first != null && second != null) {
      earlier = version(prompts, of, first);
    } else if (ours.isPresent()) {
      earlier = ours.get();
    } else if (later.version() > 1) {
      earlier = version(prompts, of, later.version() - 1);
    } else {
      session
          .console()
          .out()
          .println(
              later.id() + " is the first version, and there is no file of your own in its place");
      return;
    }
    List<String> lines =
        TextDiff.unified(title(earlier), earlier.text(), title(later), later.text());
    if (lines.isEmpty()) {
      session.console().out().println(title(earlier) + " and " + title(later) + " say the same");
    }
    lines.forEach(line -> session.console().out().println(Console.plain(line)));
  }

  private static String title(Prompt prompt) {
    return prompt.id() + (prompt.own() ? " (yours)" : "") + "  " + prompt.hash();
  }

  private String named(Prompts prompts) {
    if (name == null) {
      throw new CliException(
          CliException.USAGE, "name a prompt; there are: " + String.join(", ", prompts.names()));
    }
    if (!prompts.names().contains(name)) {
      throw new CliException(
          CliException.NOT_FOUND,
          "no prompt \"%s\"; there are: %s"
              .formatted(Console.plain(name), String.join(", ", prompts.names())));
    }
    return name;
  }

  private static Prompt version(Prompts prompts, String of, @Nullable Integer wanted) {
    List<Prompt> versions = prompts.versions(of);
    return wanted == null
        ? versions.getLast()
        : versions.stream()
            .filter(prompt -> prompt.version() == wanted)
            .findFirst()
            .orElseThrow(() ->
                new CliException(
                    CliException.NOT_FOUND,
                    "prompt \"%s\" has no version %d; its newest is %d"
                        .formatted(of, wanted, versions.getLast().version())));
  }
}
