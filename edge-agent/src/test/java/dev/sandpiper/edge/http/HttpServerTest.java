package dev.sandpiper.edge.http;

import static dev.sandpiper.edge.http.RawClient.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.journal.Journal;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HttpServerTest {

  private EchoServer echo;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    echo = new EchoServer("");
    client = new RawClient(echo.port);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    echo.close();
  }

  @Test
  void aConnectionIsKeptForSeveralRequests() throws IOException {
    assertThat(client.ask("GET /things/1").body()).isEqualTo("1");
    assertThat(client.ask("GET /things/a%20%F0%9F%90%A6.md").body()).isEqualTo("md a 🐦");
    assertThat(client.ask("GET /query?q=a+b%2B%E4%B8%AD").body()).isEqualTo("a b+中");
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    client.send(
        head("GET /things/1")
            + head("POST /upload", "Content-Length: 5")
            + "hello"
            + head("GET /things/2")
            + head("GET /nowhere"));
    assertThat(client.answer().body()).isEqualTo("1");
    assertThat(client.answer().body()).isEqualTo("5 of 5");
    assertThat(client.answer().body()).isEqualTo("2");
    assertThat(client.answer().status()).isEqualTo(404);
  }

  @Test
  void aHeadRequestHasTheHeaderOnly() throws IOException {
    RawClient.Answer answer = client.ask("HEAD /things/123");
    assertThat(answer.has("content-length: 3")).isTrue();
    assertThat(client.ask("HEAD /long").status()).isEqualTo(200);
    assertThat(client.ask("GET /things/9").body()).isEqualTo("9");
  }

  @Test
  void securityHeadersAreOnEveryAnswer() throws IOException {
    for (String request : new String[] {"GET /things/1", "GET /nowhere"}) {
      RawClient.Answer answer = client.ask(request);
      assertThat(answer.has("x-content-type-options: nosniff")).isTrue();
      assertThat(answer.has("cache-control: no-store")).isTrue();
      assertThat(answer.has("content-security-policy: default-src 'none'")).isTrue();
      assertThat(answer.has("date: Fri, 02 Jan 2026 03:04:05 GMT")).isTrue();
      assertThat(answer.head()).doesNotContainIgnoringCase("access-control-allow-origin");
    }
  }

  @Test
  void theTokenIsNeededExceptWhereOpen() throws IOException {
    String bare = " HTTP/1.1\r\nHost: localhost\r\n";
    client.send("GET /open" + bare + "\r\n");
    assertThat(client.answer().body()).isEqualTo("open");
    for (String wrong :
        new String[] {"", "Authorization: Bearer nope\r\n", "Authorization: test-token\r\n"}) {
      client.send("GET /things/1" + bare + wrong + "\r\n");
      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.has("www-authenticate: Bearer")).isTrue();
      client.send("GET /nowhere" + bare + wrong + "\r\n");
      assertThat(client.answer().status()).isEqualTo(401);
    }
  }

  @Test
  void aWrongMethodNamesTheRightOnes() throws IOException {
    RawClient.Answer answer = client.ask("DELETE /things/1");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.has("allow: GET, HEAD")).isTrue();
    assertThat(answer.has("content-type: application/problem+json")).isTrue();
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Method not allowed\",\"status\":405,"
                + "\"detail\":\"This address takes GET, HEAD.\"}");
  }

  @Test
  void aDefectIsNotShownToTheClient() throws IOException {
    RawClient.Answer answer = client.ask("GET /fail");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret");
    assertThat(client.ask("GET /things/1").body()).isEqualTo("1");
  }

  @Test
  void anUploadIsInvitedOnlyWhenItIsWanted() throws IOException {
    client.send(head("POST /upload", "Content-Length: 5", "Expect: 100-continue"));
    assertThat(client.answer().status()).isEqualTo(100);
    client.send("hello");
    assertThat(client.answer().body()).isEqualTo("5 of 5");
    client.send(
        "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
            + "Expect: 100-continue\r\n\r\n");
    assertThat(client.answer().status()).isEqualTo(401);
    assertThat(client.isClosedByServer()).isTrue();
  }

  @Test
  void chunkedBodiesWork() throws IOException {
    client.send(head("POST /upload", "Transfer-Encoding: chunked"));
    for (int i = 0; i < 50; i++) {
      client.send("3e8\r\n" + "y".repeat(1000) + "\r\n");
    }
    client.send("0\r\n\r\n");
    assertThat(client.answer().body()).isEqualTo("50000 of -1");
  }

  @Test
  void anAnswerBeforeTheBodyIsReadStillArrives() throws IOException {
    client.send(head("POST /ignore", "Content-Length: 5000000"));
    client.send("z".repeat(200_000));
    RawClient.Answer answer = client.answer();
    assertThat(answer.body()).isEqualTo("not read");
    assertThat(answer.has("connection: close")).isTrue();
  }

  @Test
  void longAnswersAreStreamed() throws IOException {
    assertThat(client.ask("GET /long").body()).hasSize(EchoServer.LONG_BODY);
    assertThat(client.ask("GET /things/1").body()).isEqualTo("1");
  }

  @Test
  void eventsAreSentAndCaughtUp() throws IOException {
    client.send(head("GET /events"));
    assertThat(client.head()).contains("text/event-stream");
    readUntil(": sandpiper");
    echo.events.publish("document", "{\"n\":1}");
    readUntil("id: boot-1");
    echo.events.publish("document", "{\"n\":2}");
    echo.events.publish("document", "{\"n\":3}");
    try (RawClient back = new RawClient(echo.port)) {
      back.send(head("GET /events", "Last-Event-ID: boot-2"));
      back.head();
      for (String line = back.line(); !line.startsWith("id: "); line = back.line()) {
        assertThat(line).as("the greeting comes last").doesNotContain("boot-2", "sandpiper");
      }
      assertThat(back.line()).isEqualTo("event: document");
      assertThat(back.line()).isEqualTo("data: {\"n\":3}");
    }
    try (RawClient stranger = new RawClient(echo.port)) {
      stranger.send(head("GET /events", "Last-Event-ID: other-7"));
      stranger.head();
      for (String line = stranger.line(); !line.equals("event: reset"); line = stranger.line()) {
        assertThat(line).doesNotContain("document");
      }
    }
  }

  private void readUntil(String wanted) throws IOException {
    for (String line = client.line(); !line.contains(wanted); line = client.line()) {
      assertThat(line).hasSizeLessThan(200);
    }
  }

  @Test
  void eventListenersAreBounded() throws IOException, InterruptedException {
    try (EchoServer small = new EchoServer("http.max_subscribers = 1");
        RawClient second = new RawClient(small.port)) {
      try (RawClient first = new RawClient(small.port)) {
        first.send(head("GET /events"));
        first.head();
        assertThat(second.ask("GET /events").status()).isEqualTo(503);
      }
      // The place is free again when the first has gone.
      int status = 503;
      while (status == 503) {
        TimeUnit.MILLISECONDS.sleep(10);
        try (RawClient third = new RawClient(small.port)) {
          third.send(head("GET /events"));
          status = Integer.parseInt(third.head().substring(9, 12));
        }
      }
      assertThat(status).isEqualTo(200);
    }
  }

  @Test
  void aTakenPortIsAClearError() {
    assertThatThrownBy(() -> new EchoServer("").getClass().cast(second(echo.port)))
        .isInstanceOf(HttpException.class)
        .hasMessageStartingWith("cannot listen on 127.0.0.1 port " + echo.port)
        .hasMessageEndingWith("is another agent running? Choose a free http.port");
  }

  private static Object second(int port) {
    HttpServer server =
        new HttpServer(
            dev.sandpiper.edge.config.Configs.parse("http.port = " + port).http(),
            new dev.sandpiper.edge.config.Secret("t"),
            new Router(java.util.List.of()),
            new HttpServer.Surroundings(
                new dev.sandpiper.edge.event.EventLog("x", 1),
                java.time.InstantSource.system(),
                new Journal(System.err, InstantSource.system())));
    return server.start();
  }
}
