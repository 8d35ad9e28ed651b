package dev.sandpiper.edge.http;

import dev.sandpiper.edge.config.Configs;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.event.EventLog;
import dev.sandpiper.edge.journal.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The real server with a few routes that show what arrived.
final class EchoServer implements AutoCloseable {

  static final int LONG_BODY = 3_000_000;

  final EventLog events = new EventLog("boot", 4);
  final BlockingQueue<String> uploadEnds = new LinkedBlockingQueue<>();
  final HttpServer server;
  final int port;

  EchoServer(String toml) {
    server =
        new HttpServer(
            Configs.parse("http.port = 0\n" + toml).http(),
            new Secret(RawClient.TOKEN),
            new Router(
                List.of(
                    new Route("GET", "/open", Route.Access.OPEN, _ -> text("open")),
                    Route.get("/things/{id}.md", request -> text("md " + request.parameter("id"))),
                    Route.get("/things/{id}", request -> text(request.parameter("id"))),
                    Route.get("/query", request -> text(String.valueOf(request.first("q")))),
                    Route.get("/fail", _ -> fail()),
                    Route.get("/long", _ -> longAnswer()),
                    Route.get("/events", r -> new Response.Events(r.header("last-event-id"))),
                    new Route("POST", "/upload", Route.Access.UPLOAD, this::upload),
                    Route.post("/ignore", _ -> text("not read")))),
            new HttpServer.Surroundings(
                events,
                InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")),
                new Journal(System.err, InstantSource.system())));
    port = server.start();
  }

  private Response upload(Request request) throws IOException {
    long count = 0;
    byte[] buffer = new byte[4096];
    try {
      for (int n = request.body().read(buffer); n >= 0; n = request.body().read(buffer)) {
        count += n;
      }
    } catch (IOException e) {
      uploadEnds.add(String.valueOf(e.getMessage()));
      throw e;
    }
    uploadEnds.add("complete");
    return text(count + " of " + request.length());
  }

  private static Response fail() {
    throw new IllegalStateException("a defect with a secret path");
  }

  private static Response longAnswer() {
    return new Response.Streamed(
        "text/plain",
        Map.of(),
        -1,
        out -> out.write("x".repeat(LONG_BODY).getBytes(StandardCharsets.UTF_8)));
  }

  private static Response text(String text) {
    return new Response.Whole(200, "text/plain", Map.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.close();
  }
}
