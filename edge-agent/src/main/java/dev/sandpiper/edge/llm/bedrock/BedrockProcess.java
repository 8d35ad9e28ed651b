package dev.sandpiper.edge.llm.bedrock;

import dev.sandpiper.edge.courier.protocol.BedrockWord;
import dev.sandpiper.edge.courier.protocol.Order;
import dev.sandpiper.edge.courier.protocol.OrderJson;
import dev.sandpiper.edge.courier.protocol.Pipe;
import dev.sandpiper.edge.courier.protocol.ProtocolException;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.wire.JsonText;
import dev.sandpiper.edge.net.HttpCallException;
import dev.sandpiper.edge.net.HttpCallException.Phase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Has a process when there are questions, and none when there are none. Safe for several threads.
final class BedrockProcess implements AutoCloseable {

  /// Most lines, questions and cancellations, that may wait for the process to take them.
  private static final int MOST_LINES = 256;

  /// Most pieces of one answer that nobody has looked at yet.
  private static final int MOST_PIECES = 20_000;

  private static final long STOP_SECONDS = 2;

  private final BedrockOptions options;
  private final AtomicLong ids = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Life life;
  private int users;
  private boolean closed;

  BedrockProcess(BedrockOptions options) {
    this.options = options;
  }

  /// An id that no other question has.
  String freshId() {
    return Long.toString(ids.incrementAndGet());
  }

  boolean running() {
    Life now = current();
    return now != null && now.alive();
  }

  private @Nullable Life current() {
    lock.lock();
    try {
      return life;
    } finally {
      lock.unlock();
    }
  }

  /// Asks; close what comes of it.
  ///
  /// @throws HttpCallException when there is no process to be had
  Hearing ask(String id, byte[] line) throws HttpCallException {
    lock.lock();
    try {
      if (closed) {
        throw new HttpCallException(Phase.UNSENT, false, "the agent is stopping", null);
      }
      Life now = life;
      if (now == null || !now.alive()) {
        now = start();
        life = now;
      }
      users++;
      changed.signalAll();
      return now.ask(id, line);
    } finally {
      lock.unlock();
    }
  }

  private Life start() throws HttpCallException {
    try {
      Files.createDirectories(
          options.folder(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Life fresh = new Life();
      fresh.start();
      Thread.ofVirtual().name("bedrock-keeper").start(() -> keep(fresh));
      return fresh;
    } catch (IOException e) {
      throw new HttpCallException(
          Phase.UNSENT,
          false,
          "the process that speaks to Bedrock cannot be started: " + e.getMessage(),
          e);
    }
  }

  private void giveBack() {
    lock.lock();
    try {
      users--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Ends a process that has had no question for a while.
  private void keep(Life mine) {
    lock.lock();
    try {
      long left = options.idle().toNanos();
      while (left > 0 && life == mine && !closed && mine.alive()) {
        if (users > 0) {
          changed.await();
          left = options.idle().toNanos();
        } else {
          left = changed.awaitNanos(left);
        }
      }
      if (life == mine) {
        life = null;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // nobody does
    } finally {
      lock.unlock();
    }
    mine.stop();
  }

  @Override
  public void close() {
    Life last;
    lock.lock();
    try {
      closed = true;
      last = life;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (last != null) {
      last.stop();
    }
  }

  /// What is heard of one answer.
  final class Hearing implements AutoCloseable {
    private final Life of;
    private final String id;
    private final BlockingQueue<JsonValue> words = new LinkedBlockingQueue<>(MOST_PIECES);

    private Hearing(Life of, String id) {
      this.of = of;
      this.id = id;
    }

    /// The next piece.
    JsonValue next() throws InterruptedException {
      return words.take();
    }

    /// Hears no more; an answer that is not over is cancelled.
    @Override
    public void close() {
      of.forget(id);
      giveBack();
    }
  }

  /// One life of the process.
  private final class Life implements Pipe.Listener {
    private final Map<String, Hearing> hearings = new ConcurrentHashMap<>();
    private @Nullable Pipe pipe;
    private volatile String end = "";

    void start() throws IOException {
      ProcessBuilder builder = new ProcessBuilder(options.command());
      builder.directory(options.folder().toFile());
      builder
          .environment()
          .keySet()
          .removeIf(name ->
              name.startsWith("AWS_ENDPOINT_URL")
                  || name.startsWith("SANDPIPER_")
                  || name.endsWith("JAVA_OPTIONS")
                  || name.equals("JAVA_TOOL_OPTIONS")
                  || name.equals("CLASSPATH"));
      builder.environment().put("MALLOC_ARENA_MAX", "1");
      pipe = Pipe.start(builder, MOST_LINES, this);
      say(OrderJson.line(new Order.Open(options.told(), options.folder().toAbsolutePath())));
    }

    private void say(byte[] line) {
      if (pipe != null) {
        pipe.say(line);
      }
    }

    boolean alive() {
      return end.isEmpty() && pipe != null && pipe.isAlive();
    }

    Hearing ask(String id, byte[] line) {
      Hearing hearing = new Hearing(this, id);
      hearings.put(id, hearing);
      if (end.isEmpty()) {
        say(line);
      }
      if (!end.isEmpty()) {
        lose(hearing);
      }
      return hearing;
    }

    void forget(String id) {
      if (hearings.remove(id) != null) {
        say(
            (JsonText.of(json -> {
              json.writeStartObject();
              json.writeStringField(BedrockWord.CANCEL, id);
              json.writeEndObject();
            })
                    + "\n")
                .getBytes(StandardCharsets.UTF_8));
      }
    }

    void stop() {
      if (pipe != null) {
        pipe.stop(OrderJson.line(new Order.Stop()), STOP_SECONDS);
      }
    }

    @Override
    public void heard(byte[] line) {
      JsonValue word;
      try {
        word = JsonValue.read(new String(line, StandardCharsets.UTF_8));
      } catch (IOException _) {
        throw new ProtocolException("a line is not JSON");
      }
      String id = word.text(BedrockWord.ID, "");
      boolean last = word.has(BedrockWord.END) || word.has(BedrockWord.ERROR);
      Hearing hearing = last ? hearings.remove(id) : hearings.get(id);
      if (hearing != null && !hearing.words.offer(word)) {
        hearings.remove(id);
        hearing.words.clear();
        lose(hearing);
      }
    }

    @Override
    public void ended(String how, boolean cleanly) {
      end = how;
      for (Hearing hearing : hearings.values()) {
        lose(hearing);
      }
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    private void lose(Hearing hearing) {
      String message = "the process that speaks to Bedrock is gone: " + end;
      boolean _ =
          hearing.words.offer(
              JsonValue.ours(
                  JsonText.of(json -> {
                    json.writeStartObject();
                    json.writeObjectFieldStart(BedrockWord.ERROR);
                    json.writeStringField(BedrockWord.MESSAGE, message);
                    json.writeEndObject();
                    json.writeEndObject();
                  })));
    }
  }
}
