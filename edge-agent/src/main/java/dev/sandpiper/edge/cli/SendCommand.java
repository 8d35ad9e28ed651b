package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sandpiper send`.
@Command(
    name = "send",
    description = "Send a message to somebody who is let in.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper send 'The backup is done.'",
      "  sandpiper send --to Ada --file report.pdf --wait",
      "  df -h / | sandpiper send --to telegram:12345678 -",
      "",
      "The message is on the agent's disk when the command ends, and is sent until it",
      "arrives. Exit codes: 0 kept, with --wait arrived; 1 not kept, or not arrived;",
      "3 no agent; 4 nobody of that name."
    })
final class SendCommand implements Callable<Integer> {

  private static final int LONGEST = 32_000;
  private static final long POLL_MILLIS = 200;

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Option(
      names = "--to",
      paramLabel = "WHO",
      defaultValue = "",
      description =
          "A name, or an address such as telegram:12345678. Default: yourself, on the page.")
  private String to = "";

  @Option(names = "--file", paramLabel = "FILE", description = "Attach a file. May be repeated.")
  private List<Path> files = List.of();

  @Option(names = "--wait", description = "Wait until it has arrived.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Longest wait (1 to 86400). Default: 60.")
  private int timeout;

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..*",
      description = "The words; - reads them from input.")
  private List<String> words = List.of();

  SendCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    String text = text();
    if (text.isBlank() && files.isEmpty()) {
      throw new CliException(
          CliException.USAGE, "say something, as in 'sandpiper send \"It is done.\"'");
    }
    AgentClient agent = session.agent(common);
    List<String> ids = new ArrayList<>();
    for (Path file : files) {
      ids.add(attach(agent, file));
    }
    JsonValue kept = agent.tell("/v1/chat/sends", body(text, ids)).orThrow();
    String key = kept.text("key", "");
    return wait ? follow(agent, key, kept.text("to", "")) : 0;
  }

  private String text() throws IOException {
    String given = String.join(" ", words);
    if (!given.equals("-")) {
      return given;
    }
    byte[] read = session.console().in().readNBytes(4 * LONGEST + 1);
    return new String(read, StandardCharsets.UTF_8);
  }

  /// Sends a file ahead.
  ///
  /// @return what a message calls it
  static String attach(AgentClient agent, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CliException(
          CliException.NOT_FOUND,
          Console.plain(file.toString()) + " is not a file; check the name");
    }
    return agent.attach(file).orThrow().text("id", "");
  }

  private String body(String text, List<String> ids) {
    return Json.line(json -> {
      json.writeStartObject();
      json.writeStringField("to", to);
      json.writeStringField("text", text);
      json.writeArrayFieldStart("files");
      for (String id : ids) {
        json.writeString(id);
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private int follow(AgentClient agent, String key, String address) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.clamp(timeout, 1, 86_400));
    while (true) {
      JsonValue standing = agent.ask("/v1/chat/sends/" + AgentClient.encode(key)).orThrow();
      String reason = standing.text("reason", "");
      String why = reason.isEmpty() ? "" : ": " + Console.plain(reason);
      if (standing.flag("arrived")) {
        return 0;
      }
      if (!standing.flag("open")) {
        throw new CliException(
            CliException.SOME_FAILED,
            "the message to %s did not arrive (%s)%s"
                .formatted(address, standing.text("state", ""), why));
      }
      if (System.nanoTime() > end) {
        throw new CliException(
            CliException.SOME_FAILED,
            "the message to %s has not arrived after %d seconds%s; the agent goes on trying"
                .formatted(address, timeout, why));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }
}
