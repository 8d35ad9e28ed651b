package dev.sandpiper.edge.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.net.HttpCallException.Phase;
import dev.sandpiper.edge.net.RawServer.Script;
import dev.sandpiper.edge.net.RawServer.Talk;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Servers that do what they should not.
@Timeout(120)
class HostileServerTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final CallTimes PATIENT = new CallTimes(LONG, LONG, LONG, LONG);

  private final Loop loop = new Loop();
  private final NettyCaller caller = new NettyCaller(loop, "Sandpiper/test");

  @AfterEach
  void stop() {
    loop.close();
  }

  private static HttpCall call(String method, URI uri, CallTimes times) {
    return new HttpCall(method, uri, Map.of(), new HttpBody.Nothing(), times);
  }

  private String ask(HttpCall call) throws Exception {
    try (HttpReply reply = caller.send(call)) {
      return reply.status() + " " + new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void fails(Script script, CallTimes times, Phase phase, String message) throws Exception {
    try (RawServer server = new RawServer(script)) {
      assertThatThrownBy(() -> ask(call("GET", server.uri("/secret"), times)))
          .isInstanceOfSatisfying(
              HttpCallException.class,
              e -> {
                assertThat(e.phase()).isEqualTo(phase);
                assertThat(e).hasMessage(server.label() + " " + message);
              });
      assertThat(caller.idle()).isZero();
    }
  }

  private static Script saying(String text) {
    return talk -> {
      talk.request();
      talk.say(text);
    };
  }

  static Stream<Arguments> answersNobodyCanRead() {
    String ok = "HTTP/1.1 200 OK\r\n";
    return Stream.of(
        Arguments.of("SSH-2.0-OpenSSH_9.6\r\n\r\n", "it is not HTTP"),
        Arguments.of("\0\1\2\3\r\n\r\n", "it is not HTTP"),
        Arguments.of("HTTP/1.1 abc OK\r\n\r\n", "it is not HTTP"),
        Arguments.of(ok + "Content-Length: -1\r\n\r\n", "it is not HTTP"),
        Arguments.of(ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nx", "it is not HTTP"),
        Arguments.of(ok + "Content-Length: 99999999999999999999\r\n\r\n", "it is not HTTP"),
        Arguments.of("HTTP/1.1 101 Switching\r\n\r\n", "it is not HTTP"),
        Arguments.of("HTTP/1.1 200 " + "a".repeat(5_000), "a line of it is too long"),
        Arguments.of(ok + "X: " + "a".repeat(40_000), "its header is too large"),
        Arguments.of(ok + "X: y\r\n".repeat(10_000), "its header is too large"));
  }

  @ParameterizedTest(name = "{index}: {1}")
  @MethodSource("answersNobodyCanRead")
  void anAnswerNobodyCanRead(String answer, String why) throws Exception {
    fails(saying(answer), PATIENT, Phase.UNANSWERED, "gave no answer that can be read: " + why);
  }

  static Stream<Arguments> spoiltBodies() {
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";
    return Stream.of(
        Arguments.of(head + "zz\r\n", "it is not HTTP"),
        Arguments.of(head + "-5\r\n", "it is not HTTP"),
        Arguments.of(head + "ffffffffffffffffff\r\n", "it is not HTTP"),
        Arguments.of(head + "3;" + "x".repeat(10_000), "a line of it is too long"),
        Arguments.of(head + "0\r\n" + "X: y\r\n".repeat(10_000), "its header is too large"));
  }

  @ParameterizedTest(name = "{index}: {1}")
  @MethodSource("spoiltBodies")
  void aSpoiltBody(String answer, String why) throws Exception {
    fails(saying(answer), PATIENT, Phase.CUT, "spoilt its answer after 3 bytes: " + why);
  }

  @Test
  void aHeadThatBreaksOff() throws Exception {
    fails(
        saying("HTTP/1.1 200 OK\r\nContent-Le"),
        PATIENT,
        Phase.UNANSWERED,
        "closed the connection without an answer");
  }

  @Test
  void aResetInsteadOfAnAnswer() throws Exception {
    fails(
        talk -> {
          talk.request();
          talk.reset();
        },
        PATIENT,
        Phase.UNANSWERED,
        "closed the connection without an answer");
  }

  @Test
  void aBodyShorterThanItsLength() throws Exception {
    fails(
        saying("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
        PATIENT,
        Phase.CUT,
        "broke off its answer after 4 bytes");
  }

  @Test
  void aHeadThatTrickles() throws Exception {
    fails(
        talk -> {
          talk.request();
          talk.say("HTTP/1.1 200 OK\r\nX: ");
          while (true) {
            talk.say("y");
            Thread.sleep(20);
          }
        },
        PATIENT.withFirstByte(Duration.ofMillis(300)),
        Phase.UNANSWERED,
        "took the request and gave no answer in 300 ms");
  }

  @Test
  void continuingForEver() throws Exception {
    fails(
        talk -> {
          talk.request();
          while (true) {
            talk.say("HTTP/1.1 100 Continue\r\n\r\n");
          }
        },
        PATIENT.withFirstByte(Duration.ofMillis(300)),
        Phase.UNANSWERED,
        "took the request and gave no answer in 300 ms");
  }

  private String answerTo(String method, String answer) throws Exception {
    try (RawServer server = new RawServer(saying(answer))) {
      return ask(call(method, server.uri("/"), PATIENT));
    }
  }

  @Test
  void whatIsAllowedIsTaken() throws Exception {
    assertThat(answerTo("GET", "HTTP/1.1 200 OK\r\n\r\nuntil the end"))
        .isEqualTo("200 until the end");
    assertThat(answerTo("GET", "HTTP/1.0 200\r\n\r\nold")).isEqualTo("200 old");
    assertThat(answerTo("GET", "HTTP/1.1 204 No Content\r\n\r\n")).isEqualTo("204 ");
    assertThat(answerTo("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")).isEqualTo("200 ");
    assertThat(
            answerTo(
                "GET",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
        .isEqualTo("200 ok");
    assertThat(
            answerTo(
                "GET",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;ext=1\r\nok\r\n0\r\n"
                    + "Trailer: x\r\n\r\n"))
        .isEqualTo("200 ok");
    assertThat(answerTo("GET", "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"))
        .isEqualTo("302 ");
  }

  @Test
  void anAnswerBeforeTheRequestIsWhole() throws Exception {
    try (RawServer server =
        new RawServer(talk -> {
          talk.head();
          talk.say("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
          talk.awaitEnd();
        })) {
      HttpBody endless =
          new HttpBody.Streamed(
              "text/plain",
              1L << 40,
              out -> {
                while (true) {
                  out.write(new byte[65_536]);
                }
              });
      assertThat(ask(new HttpCall("POST", server.uri("/"), Map.of(), endless, PATIENT)))
          .isEqualTo("413 big");
      assertThat(caller.idle()).isZero();
    }
  }

  @Test
  void moreThanWasAskedForIsNotTheNextAnswer() throws Exception {
    try (RawServer server =
        new RawServer(talk -> {
          talk.request();
          // At once: what comes a moment later may meet the next request, as HTTP has it.
          talk.say(
              "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nmine"
                  + "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled");
          talk.request();
          talk.answer("never");
        })) {
      assertThat(ask(call("GET", server.uri("/"), PATIENT))).isEqualTo("200 mine");
      assertThat(ask(call("GET", server.uri("/"), PATIENT))).isEqualTo("200 mine");
    }
  }

  @Test
  void aKeptConnectionThatTheServerClosesIsForgotten() throws Exception {
    CountDownLatch close = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(talk -> {
          talk.request();
          talk.answer("ok");
          close.await();
        })) {
      HttpCall post = call("POST", server.uri("/"), PATIENT);
      assertThat(ask(post)).isEqualTo("200 ok");
      assertThat(caller.idle()).isOne();
      close.countDown();
      awaitIdle(0);
      assertThat(ask(post)).isEqualTo("200 ok");
    }
  }

  private void awaitIdle(int count) {
    while (caller.idle() != count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aKeptConnectionIsClosedWhenItWasNotUsed() throws Exception {
    NettyCaller brief =
        new NettyCaller(
            loop, "x", null, new CallerOptions(4, 2, Duration.ofMillis(50), 4_096, 32_768));
    try (RawServer server =
            new RawServer(talk -> {
              talk.request();
              talk.answer("ok");
              talk.awaitEnd();
            });
        HttpReply reply = brief.send(call("GET", server.uri("/"), PATIENT));
        InputStream body = reply.body()) {
      assertThat(body.readAllBytes()).hasSize(2);
      while (server.ended.get() == 0) {
        Thread.onSpinWait();
      }
      assertThat(brief.idle()).isZero();
    }
  }

  @Test
  void aServerThatKeepsAConnectionBrieflyIsBelieved() throws Exception {
    try (RawServer server =
        new RawServer(talk -> {
          talk.request();
          talk.say(
              "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1, max=5\r\nContent-Length: 2\r\n\r\nok");
          talk.awaitEnd();
        })) {
      assertThat(ask(call("GET", server.uri("/"), PATIENT))).isEqualTo("200 ok");
      assertThat(caller.idle()).isZero();
    }
  }

  @Test
  void fewConnectionsAreKept() throws Exception {
    CountDownLatch all = new CountDownLatch(5);
    try (RawServer server =
        new RawServer(talk -> {
          talk.request();
          all.countDown();
          all.await();
          talk.answer("ok");
          talk.awaitEnd();
        })) {
      Thread[] threads = new Thread[5];
      for (int i = 0; i < threads.length; i++) {
        threads[i] =
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    ask(call("GET", server.uri("/"), PATIENT));
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(server.connections).hasValue(5);
      assertThat(caller.idle()).isEqualTo(2);
    }
  }

  @Test
  void callsBeyondTheBoundWait() throws Exception {
    NettyCaller one =
        new NettyCaller(loop, "x", null, new CallerOptions(1, 2, LONG, 4_096, 32_768));
    try (RawServer server = new RawServer(Talk::awaitEnd)) {
      Thread first =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  one.send(call("GET", server.uri("/"), PATIENT)).close();
                } catch (Exception _) {
                  // interrupted below
                }
              });
      while (server.connections.get() == 0) {
        Thread.onSpinWait();
      }
      CallTimes brief = new CallTimes(Duration.ofMillis(100), LONG, LONG, LONG);
      assertThatThrownBy(() -> one.send(call("GET", server.uri("/"), brief)))
          .isInstanceOfSatisfying(
              HttpCallException.class, e -> assertThat(e.phase()).isEqualTo(Phase.UNSENT))
          .hasMessage(server.label() + " was not called: 1 calls are under way already");
      first.interrupt();
      first.join();
    }
  }

  @Test
  void addressesThatAreNotCalled() {
    for (String bad : new String[] {"ftp://host/", "http:///x", "http://user:pass@host/"}) {
      assertThatThrownBy(() -> caller.send(call("GET", URI.create(bad), PATIENT)))
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .doesNotContain("pass");
    }
  }
}
