package dev.sandpiper.edge.burst.misbehaving;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sandpiper.contract.ContentSource;
import dev.sandpiper.contract.FunctionRequest;
import dev.sandpiper.contract.Metadata;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.contract.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Does what the document's name says.
public final class MisbehavingHandler implements RequestStreamHandler {

  /// The handler's name for the runtime client.
  public static final String NAME =
      "dev.sandpiper.edge.burst.misbehaving.MisbehavingHandler::handleRequest";

  private static final Path OUT = Path.of(System.getenv("SANDPIPER_OUT"));
  private int calls;

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    FunctionRequest request = RequestJson.read(input);
    calls++;
    String deed = request.document().name();
    switch (deed) {
      case "behave" -> store(request, "fine", output);
      case "count" -> reply(request, calls + " calls", output);
      case "exit" -> System.exit(7);
      case "silent-exit" -> Runtime.getRuntime().halt(0);
      case "crash" -> crash();
      case "kill" -> new ProcessBuilder("/bin/sh", "-c", "kill -9 $PPID").start().onExit().join();
      case "memory" -> exhaust();
      case "throw" -> throw new IllegalStateException("on purpose");
      case "hang" -> {
        Files.createFile(OUT.resolve("begun"));
        sleepLong();
      }
      case "cling" -> cling();
      case "bloat" -> bloat();
      case "spin" -> spin();
      case "garbage" -> output.write("this is no reply".getBytes(StandardCharsets.UTF_8));
      case "other-id" -> write("somebody-else", "x", output);
      case "huge-answer" -> output.write(new byte[3 << 20]);
      case "huge-result" -> fill(OUT.resolve("result.json"));
      case "link-result" -> link(request, output);
      case "rewrite-result" -> {
        store(request, "fine", output);
        rewriteForEver();
      }
      case "false-size" -> falseSize(request, output);
      case "chatter" -> chatter(request, output);
      case "child" -> child(request, output);
      default -> reply(request, Probe.run(deed), output);
    }
  }

  private static void store(FunctionRequest request, String text, OutputStream output)
      throws IOException {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    ReplyJson.write(parsed(request, null), sink -> sink.markdown(text), result);
    Files.write(OUT.resolve("result.json"), result.toByteArray());
    ReplyJson.write(
        parsed(request, new ParseReply.Stored("0".repeat(64), result.size())),
        ContentSource.EMPTY,
        output);
  }

  /// Keeps the result open and goes on writing into it. Beside it stands how often it has.
  private static void rewriteForEver() throws IOException {
    FileChannel result = FileChannel.open(OUT.resolve("result.json"), StandardOpenOption.WRITE);
    Thread thread =
        new Thread(() -> {
          try {
            for (int i = 0; ; i++) {
              result.write(ByteBuffer.wrap(("rewritten " + i).getBytes(StandardCharsets.UTF_8)), 0);
              Files.writeString(OUT.resolve("rewrites"), Integer.toString(i));
              Thread.sleep(5);
            }
          } catch (IOException | InterruptedException e) {
            System.err.println("rewriting ended: " + e);
          }
        });
    thread.setDaemon(true);
    thread.start();
  }

  private static void falseSize(FunctionRequest request, OutputStream output) throws IOException {
    Files.write(OUT.resolve("result.json"), new byte[10]);
    ReplyJson.write(
        parsed(request, new ParseReply.Stored("0".repeat(64), 11)), ContentSource.EMPTY, output);
  }

  private static void link(FunctionRequest request, OutputStream output) throws IOException {
    Path secret = Path.of("/etc/passwd");
    Files.createSymbolicLink(OUT.resolve("result.json"), secret);
    long size = Files.exists(secret) ? Files.size(secret) : 1;
    ReplyJson.write(
        parsed(request, new ParseReply.Stored("0".repeat(64), size)), ContentSource.EMPTY, output);
  }

  private static ParseReply.Parsed parsed(
      FunctionRequest request, ParseReply.@org.jspecify.annotations.Nullable Stored stored) {
    return new ParseReply.Parsed(
        request.requestId(),
        new Metadata("text/plain", null, List.of(), null, null, null, null, Map.of()),
        1,
        List.of(),
        new Usage(1, 1, 1, 1, false),
        stored);
  }

  /// Text for the test travels in the message of a rejection.
  private static void reply(FunctionRequest request, String text, OutputStream output)
      throws IOException {
    write(request.requestId(), text, output);
  }

  private static void write(String requestId, String text, OutputStream output) throws IOException {
    ReplyJson.write(
        new ParseReply.Rejected(requestId, RejectCode.UNSUPPORTED_TYPE, text),
        ContentSource.EMPTY,
        output);
  }

  private static void crash() throws IOException {
    System.err.println("about to abort");
    new ProcessBuilder("/bin/sh", "-c", "kill -ABRT $PPID").start().onExit().join();
    sleepLong();
  }

  private static void exhaust() {
    List<byte[]> hoard = new ArrayList<>();
    while (hoard.size() < Integer.MAX_VALUE) {
      hoard.add(new byte[1 << 20]);
    }
  }

  private static void sleepLong() {
    try {
      Thread.sleep(600_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Hangs, with a child, and would hang at its end as well.
  private static void cling() throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(MisbehavingHandler::sleepLong));
    new ProcessBuilder("/bin/sleep", "600").start();
    Files.createFile(OUT.resolve("begun"));
    sleepLong();
  }

  /// Takes memory beside the heap, in a child that keeps all it reads.
  private static void bloat() throws IOException {
    new ProcessBuilder("/bin/sh", "-c", "head -c 400000000 /dev/zero | tail | sleep 600")
        .start()
        .onExit()
        .join();
  }

  private static void spin() {
    long sum = 0;
    while (sum >= 0) {
      sum = (sum + 1) & Long.MAX_VALUE;
    }
  }

  private static void fill(Path file) throws IOException {
    byte[] chunk = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < 4_096; i++) {
        out.write(chunk);
      }
    }
  }

  private static void chatter(FunctionRequest request, OutputStream output) throws IOException {
    for (int i = 0; i < 20_000; i++) {
      System.out.println("line " + i + " " + HexFormat.of().toHexDigits((long) i).repeat(10));
    }
    reply(request, "said enough", output);
  }

  /// Leaves a process behind whose id the test looks for.
  private static void child(FunctionRequest request, OutputStream output) throws IOException {
    Process child = new ProcessBuilder("/bin/sleep", "600").start();
    reply(request, String.valueOf(child.pid()), output);
    output.flush();
  }
}
