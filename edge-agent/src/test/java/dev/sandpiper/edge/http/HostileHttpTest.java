package dev.sandpiper.edge.http;

import static dev.sandpiper.edge.http.RawClient.head;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HostileHttpTest {

  private static final String LIMITS =
      """
      http.max_connections = 20
      http.min_rate = "10KB"
      http.max_header = "4KB"
      http.max_request_line = "1KB"
      """;

  /// For the tests of these times only: any other client is now and then slower than this.
  private static final String TIMES =
      """
      http.header_timeout = "2s"
      http.idle_timeout = "2s"
      http.stall_timeout = "1s"
      """;

  private EchoServer echo;

  @BeforeEach
  void start() {
    echo = new EchoServer(LIMITS);
  }

  @AfterEach
  void stopHealthy() throws IOException {
    try (RawClient client = new RawClient(echo.port)) {
      assertThat(client.ask("GET /things/ok").body()).isEqualTo("ok");
    }
    echo.close();
  }

  @Test
  void aSlowHeaderIsCutOff() throws IOException, InterruptedException {
    try (EchoServer hurried = new EchoServer(LIMITS + TIMES);
        RawClient client = new RawClient(hurried.port)) {
      client.send("GET /things/1 HTTP/1.1\r\n");
      for (int i = 0; i < 8; i++) {
        TimeUnit.MILLISECONDS.sleep(300);
        try {
          client.send("X-" + i + ": y\r\n");
        } catch (IOException _) {
          break;
        }
      }
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aSilentConnectionIsCutOff() throws IOException {
    try (EchoServer hurried = new EchoServer(LIMITS + TIMES);
        RawClient silent = new RawClient(hurried.port)) {
      assertThat(silent.isClosedByServer()).isTrue();
      try (RawClient client = new RawClient(hurried.port)) {
        assertThat(client.ask("GET /things/1").status()).isEqualTo(200);
        assertThat(client.isClosedByServer()).isTrue();
      }
    }
  }

  @Test
  void aSlowBodyIsAnsweredWith408() throws IOException, InterruptedException {
    try (EchoServer hurried = new EchoServer(LIMITS + TIMES);
        RawClient client = new RawClient(hurried.port)) {
      client.send(head("POST /upload", "Content-Length: 100000"));
      while (!client.hasAnswer()) {
        client.send("x");
        TimeUnit.MILLISECONDS.sleep(40);
      }
      assertThat(client.answer().status()).isEqualTo(408);
      assertThat(client.isClosedByServer()).isTrue();
      assertThat(hurried.uploadEnds.take()).startsWith("the body came too slowly");
    }
  }

  @Test
  void aReaderThatStopsIsCutOff() throws IOException, InterruptedException {
    try (EchoServer hurried = new EchoServer(LIMITS + TIMES);
        RawClient client = new RawClient(hurried.port)) {
      client.send(head("GET /long").repeat(4));
      TimeUnit.MILLISECONDS.sleep(2_500);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void anEarlyCloseEndsTheUpload() throws IOException, InterruptedException {
    try (RawClient client = new RawClient(echo.port)) {
      client.send(head("POST /upload", "Content-Length: 100000")).send("x".repeat(50_000));
    }
    assertThat(echo.uploadEnds.take()).contains("closed the connection");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5x\r\n\r\n",
        "POST /upload HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "POST /upload HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\nhello",
        "GET /open HTTP/1.1\r\nHost: localhost\r\nHost: other\r\n\r\n",
        "GET /open HTTP/1.1\r\n\r\n",
        "GET /open HTTP/1.1\r\nHost: localhost\r\nBad\0Name: x\r\n\r\n",
        "GET /open HTTP/1.1\r\nHost: localhost\r\n folded: x\r\n\r\n",
        "GET http://localhost/open HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "CONNECT other:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /../open HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%2e%2e/open HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%C3%28 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\u0016\u0003\u0001 tls HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GARBAGE\r\n\r\n"
      })
  void malformedRequestsAreRefused(String request) throws IOException {
    try (RawClient client = new RawClient(echo.port)) {
      client.send(request);
      assertThat(client.answer().status()).isIn(400, 401, 405, 421);
    }
    assertThat(echo.uploadEnds).isEmpty();
  }

  @Test
  void aSmuggledSecondRequestIsNeverServed() throws IOException {
    try (RawClient client = new RawClient(echo.port)) {
      client.send(
          head("POST /upload", "Content-Length: 4", "Transfer-Encoding: chunked")
              + "0\r\n\r\n"
              + head("GET /things/smuggled"));
      assertThat(client.answer().status()).isEqualTo(400);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil", "127.0.0.1x", ""})
  void aForeignHostIsTurnedAway(String host) throws IOException {
    try (RawClient client = new RawClient(echo.port)) {
      client.send("GET /open HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(421);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:80", "127.0.0.1:7437", "127.1.2.3", "[::1]:1"})
  void aLoopbackHostIsServed(String host) throws IOException {
    try (RawClient client = new RawClient(echo.port)) {
      client.send("GET /open HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void hugeHeadersAndLinesAreRefused() throws IOException {
    try (RawClient client = new RawClient(echo.port)) {
      client.send(head("GET /things/1", "X: " + "y".repeat(8_000)));
      assertThat(client.answer().status()).isEqualTo(431);
    }
    try (RawClient client = new RawClient(echo.port)) {
      client.send(head("GET /things/" + "y".repeat(3_000)));
      assertThat(client.answer().status()).isEqualTo(414);
    }
    try (RawClient client = new RawClient(echo.port)) {
      client.send(head("GET /query?" + "a=b&".repeat(100)));
      assertThat(client.answer().status()).isEqualTo(400);
    }
  }

  @Test
  void oldVersionsAreRefused() throws IOException {
    try (RawClient client = new RawClient(echo.port)) {
      client.send("GET /open HTTP/1.0\r\nHost: localhost\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(505);
    }
  }

  @Test
  void aBrokenChunkEndsTheUpload() throws IOException, InterruptedException {
    try (RawClient client = new RawClient(echo.port)) {
      client.send(head("POST /upload", "Transfer-Encoding: chunked") + "zz\r\nhello\r\n0\r\n\r\n");
      assertThat(echo.uploadEnds.take()).isEqualTo("the body is not well-formed HTTP");
      assertThat(client.answer().status()).isEqualTo(400);
    }
  }

  @Test
  void aHundredConnectionsOverTheLimitGetAnAnswer() throws IOException, InterruptedException {
    List<RawClient> clients = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < 120; i++) {
      clients.add(new RawClient(echo.port));
    }
    for (RawClient client : clients) {
      try {
        client.send(head("GET /things/1"));
        refused += client.answer().status() == 503 ? 1 : 0;
      } catch (IOException _) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThanOrEqualTo(100);
    for (RawClient client : clients) {
      client.close();
    }
    awaitRoom();
  }

  private void awaitRoom() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      try (RawClient client = new RawClient(echo.port)) {
        if (client.ask("GET /things/1").status() == 200) {
          return;
        }
      } catch (IOException _) {
        // not yet
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
