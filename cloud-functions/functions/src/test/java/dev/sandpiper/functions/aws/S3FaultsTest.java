package dev.sandpiper.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sandpiper.contract.Source;
import dev.sandpiper.functions.ObjectGoneException;
import dev.sandpiper.functions.ObjectTooBigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// S3 on a bad day.
@Timeout(120)
class S3FaultsTest {

  private static final byte[] OBJECT = "the whole object".getBytes(StandardCharsets.UTF_8);
  private static final Duration MOST = Duration.ofSeconds(30);
  private static final Source.S3 SOURCE = new Source.S3("bucket", "in/pi/x", null);

  @TempDir private Path folder;
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private Clients clients;
  private volatile Answering answering = (_, _) -> {};

  private interface Answering {
    void answer(HttpExchange exchange, int request) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answering.answer(exchange, requests.incrementAndGet());
          }
        });
    server.start();
    clients =
        ClientsFor.endpoint(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            "eu-central-1",
            Clients.jdkHttp());
  }

  @AfterEach
  void stop() {
    clients.close();
    server.stop(0);
  }

  @Test
  void throttledReadIsTriedAgain() throws IOException {
    answering =
        (exchange, request) -> {
          if (request == 1) {
            error(exchange, 503, "SlowDown");
          } else {
            object(exchange, OBJECT.length);
          }
        };

    assertThat(get(100)).hasBinaryContent(OBJECT);
    assertThat(requests).hasValue(2);
  }

  @Test
  void attemptsAreBounded() {
    answering = (exchange, _) -> error(exchange, 503, "SlowDown");

    assertThatThrownBy(() -> get(100))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("S3 failed: ");
    assertThat(requests).hasValue(3);
  }

  @Test
  void bodyThatBreaksOffIsReadFromTheStartAgain() throws IOException {
    answering =
        (exchange, request) -> {
          if (request == 1) {
            object(exchange, OBJECT.length + 10_000);
          } else {
            object(exchange, OBJECT.length);
          }
        };

    assertThat(get(100_000)).hasBinaryContent(OBJECT);
    assertThat(requests).hasValue(2);
  }

  @Test
  void bodyOfUnknownLengthIsBoundedToo() {
    answering = (exchange, _) -> object(exchange, 0);

    assertThatThrownBy(() -> get(OBJECT.length - 1)).isInstanceOf(ObjectTooBigException.class);
    assertThat(requests).hasValue(1);
  }

  /// Without the bound it would be the client's: ten seconds of silence, three times.
  @Test
  void silentStoreTakesNoLongerThanTheRequestHas() {
    CountDownLatch over = new CountDownLatch(1);
    answering =
        (_, _) -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        };
    try {
      assertThatThrownBy(() ->
              new S3Objects(clients::s3)
                  .get(SOURCE, folder.resolve("file"), 100, Duration.ofSeconds(3)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("3000 millis");
    } finally {
      over.countDown();
    }
    assertThat(requests).hasValue(1);
  }

  @Test
  void deniedReadNamesTheRole() {
    answering = (exchange, _) -> error(exchange, 403, "AccessDenied");

    assertThatThrownBy(() -> get(100))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(ObjectGoneException.class)
        .hasMessageStartingWith("S3 denied it; look at the function's role: ");
    assertThat(requests).hasValue(1);
  }

  private Path get(long maxBytes) throws IOException {
    Path file = folder.resolve("file");
    new S3Objects(clients::s3).get(SOURCE, file, maxBytes, MOST);
    return file;
  }

  /// @param announced length in the head; 0 for none
  private static void object(HttpExchange exchange, long announced) throws IOException {
    exchange.sendResponseHeaders(200, announced);
    exchange.getResponseBody().write(OBJECT);
    exchange.getResponseBody().flush();
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    byte[] body =
        "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>m</Message></Error>"
            .formatted(code)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/xml");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
