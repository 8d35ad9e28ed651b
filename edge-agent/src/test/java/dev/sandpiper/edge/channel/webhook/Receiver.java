package dev.sandpiper.edge.channel.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/// A program that takes webhooks: keeps what it is sent once for each id, and answers as it is
/// told.
final class Receiver implements AutoCloseable {

  /// What it was sent.
  record Got(Map<String, String> headers, String body) {}

  /// How it answers once.
  record Answer(int status, Map<String, String> headers, boolean lose) {}

  private final HttpServer server;
  private final Deque<Answer> script = new ArrayDeque<>();
  private final List<Got> all = new ArrayList<>();
  private final List<Got> once = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/in");
  }

  synchronized void next(Answer answer) {
    script.add(answer);
  }

  synchronized List<Got> all() {
    return List.copyOf(all);
  }

  synchronized List<Got> once() {
    return List.copyOf(once);
  }

  private void take(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) ->
            headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Answer answer;
    synchronized (this) {
      answer = script.isEmpty() ? new Answer(204, Map.of(), false) : script.remove();
      Got got = new Got(headers, body);
      all.add(got);
      if ((answer.status() < 300 || answer.lose()) && ids.add(headers.get("webhook-id"))) {
        once.add(got);
      }
    }
    if (answer.lose()) {
      exchange.close();
      return;
    }
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    exchange.sendResponseHeaders(answer.status(), -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
