package dev.sandpiper.edge.burst.aws;

import dev.sandpiper.contract.Metadata;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.contract.Usage;
import dev.sandpiper.edge.courier.protocol.Fault;
import dev.sandpiper.edge.courier.protocol.Lines;
import dev.sandpiper.edge.courier.protocol.Notice;
import dev.sandpiper.edge.courier.protocol.NoticeJson;
import dev.sandpiper.edge.courier.protocol.Order;
import dev.sandpiper.edge.courier.protocol.OrderJson;
import dev.sandpiper.edge.health.CheckResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A courier without a cloud: what a document says is how it behaves.
final class ScriptedCourier {

  private final Path folder;

  private ScriptedCourier(Path folder) {
    this.folder = folder;
  }

  /// The folder holds `orders`, which it writes, and may hold `left` with a key on each line, which
  /// is what lies in its cloud, and `mute`, which keeps it from being ready.
  static List<String> command(Path folder) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        ScriptedCourier.class.getName(),
        folder.toString());
  }

  public static void main(String[] args) throws Exception {
    new ScriptedCourier(Path.of(args[0])).run();
  }

  private void run() throws Exception {
    Lines lines = new Lines(System.in);
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      Order order = OrderJson.read(line);
      note(order);
      switch (order) {
        case Order.Open _ -> {
          if (!Files.exists(folder.resolve("mute"))) {
            say(new Notice.Ready());
          }
        }
        case Order.Task task -> task(task.request());
        case Order.Stored _ -> say(new Notice.Usage(1, 1, 2, 0, 1, 0, 5));
        case Order.Cancel _, Order.Own _ -> {}
        case Order.Check _ ->
            say(new Notice.Checks(List.of(CheckResult.ok("cloud identity", "scripted"))));
        case Order.List(int limit) -> list(limit);
        case Order.Fetch fetch -> fetch(fetch);
        case Order.Drop(String key) -> say(new Notice.Dropped(key));
        case Order.Clean _ -> {
          long objects = left().size();
          Files.deleteIfExists(folder.resolve("left"));
          say(new Notice.Cleaned(objects));
        }
        case Order.Stop _ -> System.exit(0);
      }
    }
  }

  private void note(Order order) throws IOException {
    String text =
        switch (order) {
          case Order.Task task -> "task " + task.route() + " " + task.request().requestId();
          case Order.Open _ -> "open";
          default -> order.toString();
        };
    Files.writeString(
        folder.resolve("orders"),
        text + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private List<String> left() throws IOException {
    Path left = folder.resolve("left");
    return Files.exists(left) ? Files.readAllLines(left) : List.of();
  }

  private void list(int limit) throws IOException {
    List<Notice.Item> items =
        left().stream().limit(limit).map(key -> new Notice.Item(key, 4, "a.txt", "")).toList();
    for (Notice.Item item : items) {
      say(new Notice.Listed(List.of(item), true));
    }
    say(new Notice.Listed(List.of(), false));
  }

  private static void fetch(Order.Fetch fetch) throws IOException {
    if (fetch.key().contains("gone")) {
      say(new Notice.Problem("There is no object " + fetch.key() + "."));
    } else {
      Files.writeString(fetch.file(), "left");
      say(new Notice.Fetched(fetch.key()));
    }
  }

  private void task(ParseRequest request) throws Exception {
    Path source =
        request.document().source() instanceof Source.File(String file)
            ? Path.of(file)
            : Path.of("none");
    String text = Files.readString(source);
    String id = request.requestId();
    switch (text) {
      case "die" -> {
        System.err.println("out of ideas");
        System.exit(3);
      }
      case "babble" -> print("no protocol at all\n");
      case "ramble" -> {
        while (true) {
          print("x".repeat(1 << 16));
        }
      }
      case "brood" -> {}
      case "refuse" -> say(new Notice.Refused(id, Fault.CLOCK, "The clock is wrong."));
      case "fail" ->
          say(
              new Notice.Answer(
                  id,
                  new ParseReply.Failed(id, dev.sandpiper.contract.FailCode.INTERNAL, "a defect"),
                  null));
      default -> say(answer(request, text));
    }
  }

  private static Notice answer(ParseRequest request, String text) throws IOException {
    Path target =
        request.result() instanceof ResultTarget.File(String file)
            ? Path.of(file)
            : Path.of("none");
    ParseReply.Parsed reply =
        new ParseReply.Parsed(
            request.requestId(),
            new Metadata("text/plain", null, List.of(), null, null, null, null, Map.of()),
            1,
            List.of(),
            new Usage(1, 1, 1, 1, false),
            null);
    try (OutputStream out = Files.newOutputStream(target)) {
      ReplyJson.write(reply, sink -> sink.markdown(text), out);
    }
    ParseReply.Stored stored = new ParseReply.Stored(Results.sha256(target), Files.size(target));
    if (text.equals("forge")) {
      Files.writeString(target, "x".repeat((int) stored.size()));
    }
    return new Notice.Answer(
        request.requestId(),
        new ParseReply.Parsed(
            reply.requestId(),
            reply.metadata(),
            reply.pageCount(),
            reply.warnings(),
            reply.usage(),
            stored),
        Objects.requireNonNull(target));
  }

  private static void say(Notice notice) {
    print(new String(NoticeJson.line(notice), StandardCharsets.UTF_8));
  }

  private static void print(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
