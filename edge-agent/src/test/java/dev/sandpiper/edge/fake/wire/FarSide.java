package dev.sandpiper.edge.fake.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A chat service of the tests, on a real socket: it keeps what people write until that is
/// confirmed, and takes what it is sent. It outlives the agents that talk to it.
public final class FarSide implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(2);

  /// What becomes of a send.
  public enum Fate {
    /// It is taken.
    TAKEN,
    /// It is taken, and nobody is told: the line breaks.
    TAKEN_UNSAID,
    /// The line breaks before it is taken.
    BROKEN,
    /// Too many at once; the whole service asks to be left alone.
    FLOOD,
    /// Too many in this chat.
    THROTTLED,
    /// It fails by itself.
    FAILED,
    /// Half an answer.
    TRUNCATED,
    /// It is taken, after a while.
    SLOW
  }

  /// What somebody wrote.
  public record Update(long id, String chat, String text, String file, int size) {}

  /// What arrived.
  public record Message(String key, String chat, String text) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final boolean idempotent;
  private final List<Update> updates = new ArrayList<>();
  private final Map<String, byte[]> files = new HashMap<>();
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, Integer> known = new HashMap<>();
  private Function<String, Fate> fates = _ -> Fate.TAKEN;
  private Duration pause = Duration.ofSeconds(7);
  private long lastUpdate;
  private long confirmed;
  private boolean repeating;

  /// @param idempotent whether it knows a key again
  public FarSide(boolean idempotent) throws IOException {
    this.idempotent = idempotent;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/updates", this::updates);
    server.createContext("/send", this::send);
    server.createContext("/files/", this::file);
    server.setExecutor(threads);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Somebody writes.
  public synchronized long write(String chat, String text) {
    return add(new Update(++lastUpdate, chat, text, "", 0));
  }

  /// Somebody sends a file.
  public synchronized long writeFile(String chat, String name, byte[] bytes) {
    files.put(name, bytes.clone());
    return add(new Update(++lastUpdate, chat, "", name, bytes.length));
  }

  private long add(Update update) {
    updates.add(update);
    notifyAll();
    return update.id();
  }

  /// Whether an update was confirmed, so that it will not come again.
  public synchronized boolean isConfirmed(long id) {
    return id <= confirmed;
  }

  /// Delivers everything twice from now on.
  public synchronized void repeat() {
    repeating = true;
  }

  /// Decides what becomes of sends, by their text.
  public synchronized void deciding(Function<String, Fate> newFates) {
    fates = newFates;
  }

  /// For how long it asks to be left alone.
  public synchronized void pausing(Duration newPause) {
    pause = newPause;
  }

  /// What has arrived.
  public synchronized List<Message> messages() {
    return List.copyOf(messages);
  }

  private void updates(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    long offset = Long.parseLong(query.substring("offset=".length()));
    List<Update> found = new ArrayList<>();
    synchronized (this) {
      confirmed = Math.max(confirmed, offset - 1);
      updates.removeIf(update -> update.id() <= confirmed);
      long end = System.nanoTime() + POLL.toNanos();
      while (updates.isEmpty() && System.nanoTime() < end) {
        try {
          wait(50);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          break;
        }
      }
      for (Update update : updates.subList(0, Math.min(10, updates.size()))) {
        found.add(update);
        if (repeating) {
          found.add(update);
        }
      }
    }
    answer(
        exchange,
        200,
        Json.bytes(json -> {
          json.writeStartArray();
          for (Update update : found) {
            json.writeStartObject();
            json.writeNumberField("id", update.id());
            json.writeStringField("chat", update.chat());
            json.writeStringField("text", update.text());
            json.writeStringField("file", update.file());
            json.writeNumberField("size", update.size());
            json.writeEndObject();
          }
          json.writeEndArray();
        }));
  }

  private void send(HttpExchange exchange) throws IOException {
    JsonValue json = JsonValue.read(exchange.getRequestBody());
    Message message =
        new Message(json.text("key", ""), json.text("chat", ""), json.text("text", ""));
    Fate fate;
    synchronized (this) {
      fate = fates.apply(message.text());
    }
    switch (fate) {
      case TAKEN -> taken(exchange, message);
      case SLOW -> {
        pause(200);
        taken(exchange, message);
      }
      case TAKEN_UNSAID -> {
        take(message);
        exchange.close();
      }
      case BROKEN -> exchange.close();
      case TRUNCATED -> {
        take(message);
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write("{\"id\":".getBytes(StandardCharsets.UTF_8));
        exchange.close();
      }
      case FLOOD, THROTTLED -> {
        exchange.getResponseHeaders().set("Retry-After-Millis", Long.toString(pause.toMillis()));
        exchange.getResponseHeaders().set("Everywhere", Boolean.toString(fate == Fate.FLOOD));
        answer(exchange, 429, new byte[0]);
      }
      case FAILED -> answer(exchange, 500, new byte[0]);
    }
  }

  private void taken(HttpExchange exchange, Message message) throws IOException {
    int id = take(message);
    answer(exchange, 200, ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
  }

  private synchronized int take(Message message) {
    Integer before = idempotent ? known.get(message.key()) : null;
    if (before != null) {
      return before;
    }
    messages.add(message);
    known.put(message.key(), messages.size());
    notifyAll();
    return messages.size();
  }

  private void file(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] bytes;
    synchronized (this) {
      bytes = files.get(path.substring("/files/".length()));
    }
    if (bytes == null) {
      answer(exchange, 404, new byte[0]);
    } else {
      answer(exchange, 200, bytes);
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
