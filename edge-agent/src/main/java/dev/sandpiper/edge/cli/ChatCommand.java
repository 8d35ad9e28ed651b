package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sandpiper chat`: the owner's conversation, the same as on the page.
@Command(
    name = "chat",
    description = "Talk to the agent. The conversation is the one on its page.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper chat",
      "  sandpiper chat 'What did I pay for electricity last year?'",
      "  sandpiper chat --file invoice.pdf < question.txt",
      "",
      "In it, '/file PATH' attaches a file to the next message, pasted lines are one",
      "message, Ctrl-C stops an answer, Ctrl-D leaves. Its commands: /help"
    })
final class ChatCommand implements Callable<Integer> {

  private static final int LONGEST = 32_000;
  private static final int SHOWN_AT_FIRST = 6;

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Option(names = "--file", paramLabel = "FILE", description = "Attach a file. May be repeated.")
  private List<Path> files = List.of();

  @Parameters(paramLabel = "TEXT", arity = "0..*", description = "One question; then it ends.")
  private List<String> words = List.of();

  ChatCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    AgentClient agent = session.agent(common);
    Console console = session.console();
    List<String> ids = new ArrayList<>();
    for (Path file : files) {
      ids.add(SendCommand.attach(agent, file));
    }
    boolean once = !words.isEmpty() || !console.terminal();
    String question = "";
    if (once) {
      question =
          words.isEmpty()
              ? new String(console.in().readNBytes(4 * LONGEST), StandardCharsets.UTF_8)
              : String.join(" ", words);
      if (question.isBlank() && ids.isEmpty()) {
        throw new CliException(CliException.USAGE, "ask something: there was nothing on the input");
      }
    }
    try (Talk talk = Talk.open(agent, console, !once)) {
      if (once) {
        talk.say(question.strip(), ids);
        talk.awaitAnswer();
        return 0;
      }
      greet(agent, console, talk);
      converse(agent, console, talk, ids);
      return 0;
    }
  }

  private static void greet(AgentClient agent, Console console, Talk talk) {
    JsonValue recent = agent.ask("/v1/chat/messages?limit=" + SHOWN_AT_FIRST).orThrow();
    recent.at("messages").items().forEach(talk::print);
    console
        .out()
        .println(console.faint("Ctrl-C stops an answer, Ctrl-D leaves, /help lists commands."));
  }

  private void converse(AgentClient agent, Console console, Talk talk, List<String> first)
      throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>(first);
    try (TerminalLines lines = TerminalLines.open(console.in())) {
      while (true) {
        talk.prompt();
        switch (lines.next()) {
          case TerminalLines.Line.End _ -> {
            console.out().println();
            return;
          }
          case TerminalLines.Line.Interrupt _ -> {
            if (talk.isAnswering()) {
              talk.say("/cancel", List.of());
            } else {
              console.out().println();
            }
          }
          case TerminalLines.Line.Text(String text) -> {
            Optional<Path> file = fileOf(text);
            if (file.isPresent()) {
              add(agent, console, file.get(), ids);
            } else if (!text.isBlank() || !ids.isEmpty()) {
              talk.say(text.strip(), List.copyOf(ids));
              ids.clear();
              talk.awaitIdle(lines);
            }
          }
        }
      }
    }
  }

  private static void add(AgentClient agent, Console console, Path file, List<String> ids) {
    try {
      ids.add(SendCommand.attach(agent, file));
      console
          .out()
          .println(console.faint("Attached " + Console.plain(String.valueOf(file.getFileName()))));
    } catch (CliException e) {
      console.err().println(e.getMessage());
    }
  }

  /// `/file PATH`, with a leading `~/` and quotes as a shell has them.
  private Optional<Path> fileOf(String text) {
    if (!text.startsWith("/file ") || text.indexOf('\n') >= 0) {
      return Optional.empty();
    }
    String name = text.substring(6).strip();
    if (name.length() > 1
        && (name.startsWith("'") || name.startsWith("\""))
        && name.endsWith(name.substring(0, 1))) {
      name = name.substring(1, name.length() - 1);
    }
    return Optional.of(
        name.startsWith("~/")
            ? session.environment(null).userHome().resolve(name.substring(2))
            : Path.of(name));
  }
}
