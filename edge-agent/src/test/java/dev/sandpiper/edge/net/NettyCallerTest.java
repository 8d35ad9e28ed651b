package dev.sandpiper.edge.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sandpiper.edge.net.HttpCallException.Phase;
import dev.sandpiper.edge.net.RawServer.Talk;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class NettyCallerTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final CallTimes PATIENT = new CallTimes(LONG, LONG, LONG, LONG);
  private static final Duration BRIEF = Duration.ofMillis(150);

  private final Loop loop = new Loop();
  private final NettyCaller caller = new NettyCaller(loop, "Sandpiper/test");
  private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    loop.close();
  }

  private static HttpCall get(URI uri) {
    return new HttpCall("GET", uri, Map.of(), new HttpBody.Nothing(), PATIENT);
  }

  private static HttpCall post(URI uri, HttpBody body) {
    return new HttpCall("POST", uri, Map.of("X-Mine", "1"), body, PATIENT);
  }

  private static HttpCall with(HttpCall call, CallTimes times) {
    return new HttpCall(call.method(), call.uri(), call.headers(), call.body(), times);
  }

  private String ask(HttpCall call) throws Exception {
    try (HttpReply reply = caller.send(call)) {
      return reply.status() + " " + new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private HttpCallException failure(HttpCall call) {
    HttpCallException e = catchThrowableOfType(HttpCallException.class, () -> ask(call));
    assertThat(e).isNotNull();
    return e;
  }

  private void echo(Talk talk) throws IOException {
    while (true) {
      String request = talk.request();
      if (request.isEmpty()) {
        return;
      }
      seen.add(request);
      talk.answer("hello");
    }
  }

  @Test
  void aCallArrivesWithItsHeadersAndBody() throws Exception {
    try (RawServer server = new RawServer(this::echo)) {
      assertThat(ask(post(server.uri("/a%20b?c=d%26"), HttpBody.json("{\"ü\":1}"))))
          .isEqualTo("200 hello");
      assertThat(seen.take())
          .isEqualTo(
              """
              POST /a%%20b?c=d%%26 HTTP/1.1\r
              host: %s\r
              user-agent: Sandpiper/test\r
              content-type: application/json\r
              content-length: 8\r
              X-Mine: 1\r
              \r
              {"ü":1}\
              """
                  .formatted(server.label()));
    }
  }

  @Test
  void aConnectionIsUsedAgain() throws Exception {
    try (RawServer server = new RawServer(this::echo)) {
      for (int i = 0; i < 20; i++) {
        assertThat(ask(get(server.uri("/" + i)))).isEqualTo("200 hello");
      }
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void aHugeBodyStreamsEitherWay() throws Exception {
    long size = 64L << 20;
    byte[] piece = new byte[1 << 16];
    try (RawServer server =
        new RawServer(talk -> {
          talk.head();
          for (long left = size; left > 0; left -= piece.length) {
            talk.in.readNBytes(piece.length);
          }
          talk.say("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
          for (long left = size; left > 0; left -= piece.length) {
            talk.out.write(piece);
          }
          talk.awaitEnd();
        })) {
      HttpBody body =
          new HttpBody.Streamed(
              "application/octet-stream",
              size,
              out -> {
                for (long left = size; left > 0; left -= piece.length) {
                  out.write(piece);
                }
              });
      try (HttpReply reply = caller.send(post(server.uri("/"), body));
          InputStream in = reply.body()) {
        assertThat(in.transferTo(java.io.OutputStream.nullOutputStream())).isEqualTo(size);
      }
    }
  }

  @Test
  void aBodyIsReadNoFasterThanItIsWanted() throws Exception {
    AtomicReference<Long> pushed = new AtomicReference<>(0L);
    CountDownLatch stuck = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(talk -> {
          talk.socket.setSendBufferSize(16_384);
          talk.head();
          talk.say("HTTP/1.1 200 OK\r\n\r\n");
          byte[] piece = new byte[16_384];
          Thread watch =
              Thread.ofVirtual()
                  .start(() -> {
                    long before = -1;
                    while (before != pushed.get()) {
                      before = pushed.get();
                      pause();
                    }
                    stuck.countDown();
                  });
          for (int i = 0; i < 8_192; i++) {
            talk.out.write(piece);
            pushed.set(pushed.get() + piece.length);
          }
          watch.join();
        })) {
      try (HttpReply reply = caller.send(get(server.uri("/")))) {
        assertThat(reply.status()).isEqualTo(200);
        stuck.await();
        assertThat(pushed.get()).isLessThan(16L << 20);
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nobodyListens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    HttpCallException e = failure(get(URI.create("http://127.0.0.1:" + port + "/secret")));
    assertThat(e.phase()).isEqualTo(Phase.UNSENT);
    assertThat(e)
        .hasMessage(
            "127.0.0.1:%d cannot be reached: nothing listens on port %d there; check the address"
                .formatted(port, port));
  }

  @Test
  void aNameThatDoesNotExist() {
    HttpCallException e = failure(get(URI.create("http://nowhere.invalid/secret")));
    assertThat(e.phase()).isEqualTo(Phase.UNSENT);
    assertThat(e)
        .hasMessage(
            "nowhere.invalid cannot be reached: its name cannot be resolved; check the name, the"
                + " internet connection and DNS");
  }

  @Test
  void anAnswerThatDoesNotCome() throws Exception {
    try (RawServer server = new RawServer(Talk::awaitEnd)) {
      HttpCallException e = failure(with(get(server.uri("/secret")), PATIENT.withFirstByte(BRIEF)));
      assertThat(e.phase()).isEqualTo(Phase.UNANSWERED);
      assertThat(e.isTimeout()).isTrue();
      assertThat(e).hasMessage(server.label() + " took the request and gave no answer in 150 ms");
    }
  }

  @Test
  void aBodyThatStalls() throws Exception {
    try (RawServer server =
        new RawServer(talk -> {
          talk.request();
          talk.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
          talk.awaitEnd();
        })) {
      HttpCallException e =
          failure(with(get(server.uri("/secret")), new CallTimes(LONG, LONG, BRIEF, LONG)));
      assertThat(e.phase()).isEqualTo(Phase.CUT);
      assertThat(e.isTimeout()).isTrue();
      assertThat(e).hasMessage(server.label() + " sent nothing more of its answer for 150 ms");
    }
  }

  @Test
  void aBodyThatTricklesForEver() throws Exception {
    try (RawServer server =
        new RawServer(talk -> {
          talk.request();
          talk.say("HTTP/1.1 200 OK\r\n\r\n");
          while (true) {
            talk.say("x");
            Thread.sleep(20);
          }
        })) {
      HttpCallException e =
          failure(
              with(
                  get(server.uri("/secret")),
                  new CallTimes(LONG, LONG, LONG, Duration.ofSeconds(3))));
      assertThat(e.phase()).isEqualTo(Phase.CUT);
      assertThat(e.isTimeout()).isTrue();
      assertThat(e).hasMessage(server.label() + " was not done with the call after 3 s");
    }
  }

  @Test
  void aRequestThatNobodyReads() throws Exception {
    try (RawServer server =
        new RawServer(talk -> {
          talk.head();
          Thread.sleep(20_000);
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
      HttpCallException e =
          failure(with(post(server.uri("/"), endless), new CallTimes(LONG, LONG, BRIEF, LONG)));
      assertThat(e.phase()).isEqualTo(Phase.UNANSWERED);
      assertThat(e.isTimeout()).isTrue();
      assertThat(e).hasMessage(server.label() + " stopped taking the request for 150 ms");
    }
  }

  @Test
  void aPostOnADeadConnectionIsNotRepeated() throws Exception {
    try (RawServer server =
        new RawServer(talk -> {
          seen.add(talk.request());
          talk.answer("hello");
          seen.add(talk.request()); // and hangs up
        })) {
      assertThat(ask(get(server.uri("/")))).isEqualTo("200 hello");
      HttpCallException e = failure(post(server.uri("/"), HttpBody.json("{}")));
      assertThat(e.phase()).isEqualTo(Phase.UNANSWERED);
      assertThat(e.isTimeout()).isFalse();
      assertThat(e).hasMessage(server.label() + " closed the connection without an answer");
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void aGetOnADeadConnectionIsRepeatedOnce() throws Exception {
    try (RawServer server =
        new RawServer(talk -> {
          seen.add(talk.request());
          talk.answer("hello");
          seen.add(talk.request()); // and hangs up
        })) {
      assertThat(ask(get(server.uri("/1")))).isEqualTo("200 hello");
      assertThat(ask(get(server.uri("/2")))).isEqualTo("200 hello");
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void anInterruptClosesTheConnection() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(talk -> {
          talk.request();
          asked.countDown();
          talk.awaitEnd();
          gone.countDown();
        })) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  ask(get(server.uri("/")));
                } catch (Exception e) {
                  thrown.set(e);
                }
              });
      asked.await();
      thread.interrupt();
      gone.await();
      thread.join();
      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void anInterruptEndsABody() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(talk -> {
          talk.request();
          talk.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
          talk.awaitEnd();
          gone.countDown();
        })) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread thread =
          Thread.ofVirtual()
              .start(() -> {
                try (HttpReply reply = caller.send(get(server.uri("/")))) {
                  InputStream in = reply.body();
                  in.readNBytes(4);
                  asked.countDown();
                  in.read();
                } catch (Exception e) {
                  thrown.set(e);
                }
              });
      asked.await();
      thread.interrupt();
      gone.await();
      thread.join();
      assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
    }
  }
}
