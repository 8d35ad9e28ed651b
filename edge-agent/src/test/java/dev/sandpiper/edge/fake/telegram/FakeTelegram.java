package dev.sandpiper.edge.fake.telegram;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A Bot API server on loopback with one bot.
public final class FakeTelegram implements AutoCloseable {

  /// The bot's token.
  public static final String TOKEN = "4242:AAfake-Token_of-a-bot";

  /// The bot's id.
  public static final long BOT = 4242;

  /// The bot's name.
  public static final String NAME = "sandpiper_test_bot";

  private static final int BODY_LIMIT = 60 << 20;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, ConcurrentLinkedQueue<Fault>> faults = new ConcurrentHashMap<>();
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();
  private final AtomicInteger slow = new AtomicInteger();
  private final List<String> transcript = new ArrayList<>();
  private final World world = new World();
  private final Methods methods = new Methods(world);
  private volatile Function<String, @Nullable Fault> plan = _ -> null;

  private FakeTelegram(HttpServer server) {
    this.server = server;
  }

  /// Starts it on a free port.
  public static FakeTelegram start() {
    return start(0);
  }

  /// Starts it on a port, as after a restart of the machine it stands for.
  public static FakeTelegram start(int port) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
      FakeTelegram fake = new FakeTelegram(server);
      server.setExecutor(fake.threads);
      server.createContext("/", fake::serve);
      server.start();
      fake.threads.execute(fake.world.deliveries());
      return fake;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What `telegram.base_url` is to be.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// People, chats and what was said.
  public World world() {
    return world;
  }

  /// Lets the next calls of a method go wrong, one fault each.
  public void fail(String method, Fault... next) {
    faults.computeIfAbsent(method, _ -> new ConcurrentLinkedQueue<>()).addAll(List.of(next));
  }

  /// Lets a share of all calls go wrong in every way there is.
  public void chaos(long seed, double share) {
    Random random = new Random(seed);
    plan(_ -> {
      synchronized (random) {
        return random.nextDouble() < share ? anyFault(random) : null;
      }
    });
  }

  /// Decides what goes wrong with a call of a method; `null`: nothing.
  public void plan(Function<String, @Nullable Fault> next) {
    plan = next;
  }

  private static Fault anyFault(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> new Fault.TooMany(1);
      case 1 -> new Fault.Gateway(502, random.nextBoolean());
      case 2 -> new Fault.Reset(false);
      case 3 -> new Fault.Reset(true);
      case 4 -> new Fault.Truncated();
      case 5 -> new Fault.Refuse(500, "Internal Server Error");
      case 6 -> new Fault.Gateway(504, true);
      case 7 -> new Fault.Slow(Duration.ofMillis(300));
      default -> new Fault.Says("{\"ok\":true,\"result\":");
    };
  }

  /// How often a method was called.
  public int count(String method) {
    return calls.getOrDefault(method, 0);
  }

  /// Slow calls that have not had their effect yet.
  public int slow() {
    return slow.get();
  }

  /// Every call in its order: method and arguments.
  public List<String> transcript() {
    synchronized (transcript) {
      return List.copyOf(transcript);
    }
  }

  /// Waits for something to become true, for a minute and a half at most.
  public static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + 90_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain: " + what);
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while waiting: " + what, e);
      }
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String prefix = "/bot" + TOKEN + "/";
      String files = "/file/bot" + TOKEN + "/";
      byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT);
      if (path.startsWith(files)) {
        file(exchange, path.substring(files.length()));
      } else if (!path.startsWith(prefix)) {
        calls.merge("unauthorized", 1, Integer::sum);
        answer(exchange, error(401, "Unauthorized", Map.of()));
      } else {
        call(exchange, path.substring(prefix.length()), body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void call(HttpExchange exchange, String name, byte[] body)
      throws IOException, InterruptedException {
    String method = name.toLowerCase(Locale.ROOT);
    calls.merge(name, 1, Integer::sum);
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    Form form;
    try {
      String query = exchange.getRequestURI().getRawQuery();
      form = Form.of(type == null ? "" : type, query == null ? "" : query, body);
    } catch (IOException | RuntimeException e) {
      answer(exchange, error(400, "Bad Request: can't parse the request: " + e, Map.of()));
      return;
    }
    synchronized (transcript) {
      transcript.add(name + " " + form.values());
    }
    ConcurrentLinkedQueue<Fault> scripted = faults.get(name);
    @Nullable Fault fault = scripted == null ? null : scripted.poll();
    fault = fault == null ? plan.apply(name) : fault;
    if (fault == null) {
      answer(exchange, act(method, form));
    } else {
      faulty(exchange, fault, () -> act(method, form));
    }
  }

  private interface Action {
    Reply run() throws IOException, InterruptedException;
  }

  /// @param status of HTTP
  record Reply(int status, String body) {}

  private Reply act(String method, Form form) throws IOException, InterruptedException {
    try {
      return new Reply(200, "{\"ok\":true,\"result\":" + methods.call(method, form) + "}");
    } catch (RefusedException e) {
      return error(e.code(), String.valueOf(e.getMessage()), e.parameters());
    }
  }

  private void faulty(HttpExchange exchange, Fault fault, Action action)
      throws IOException, InterruptedException {
    switch (fault) {
      case Fault.TooMany(long seconds) ->
          answer(
              exchange,
              error(
                  429,
                  "Too Many Requests: retry after " + seconds,
                  Map.of("retry_after", seconds)));
      case Fault.Refuse(int code, String description) ->
          answer(exchange, error(code, description, Map.of()));
      case Fault.Gateway(int status, boolean acted) -> {
        if (acted) {
          action.run();
        }
        answer(exchange, new Reply(status, "<html><h1>Bad Gateway</h1></html>"));
      }
      case Fault.Reset(boolean acted) -> {
        if (acted) {
          action.run();
        }
      }
      case Fault.Slow(var delay) -> {
        slow.incrementAndGet();
        try {
          Thread.sleep(delay);
          answer(exchange, action.run());
        } finally {
          slow.decrementAndGet();
        }
      }
      case Fault.Late(var delay) -> {
        Reply reply = action.run();
        Thread.sleep(delay);
        answer(exchange, reply);
      }
      case Fault.Truncated() -> {
        byte[] bytes = action.run().body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        exchange.getResponseBody().flush();
      }
      case Fault.Says(String body) -> answer(exchange, new Reply(200, body));
    }
  }

  private static Reply error(int code, String description, Map<String, Long> parameters) {
    return new Reply(
        code,
        Json.line(json -> {
          json.writeStartObject();
          json.writeBooleanField("ok", false);
          json.writeNumberField("error_code", code);
          json.writeStringField("description", description);
          if (!parameters.isEmpty()) {
            json.writeObjectFieldStart("parameters");
            for (Map.Entry<String, Long> parameter : parameters.entrySet()) {
              json.writeNumberField(parameter.getKey(), parameter.getValue());
            }
            json.writeEndObject();
          }
          json.writeEndObject();
        }));
  }

  private static void answer(HttpExchange exchange, Reply reply) throws IOException {
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void file(HttpExchange exchange, String path) throws IOException, InterruptedException {
    calls.merge("download", 1, Integer::sum);
    ConcurrentLinkedQueue<Fault> scripted = faults.get("download");
    @Nullable Fault fault = scripted == null ? null : scripted.poll();
    byte[] bytes = world.file(path);
    if (fault instanceof Fault.Truncated) {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
      exchange.getResponseBody().flush();
    } else if (fault != null) {
      faulty(exchange, fault, () -> new Reply(404, "{}"));
    } else if (bytes.length == 0) {
      answer(exchange, error(404, "Not Found", Map.of()));
    } else {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /// What was counted, by method.
  public Map<String, Integer> counts() {
    return new HashMap<>(calls);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
