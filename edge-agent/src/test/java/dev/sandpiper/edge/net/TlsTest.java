package dev.sandpiper.edge.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.net.HttpCallException.Phase;
import dev.sandpiper.edge.net.RawServer.Talk;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TlsTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final CallTimes PATIENT = new CallTimes(LONG, LONG, LONG, LONG);

  @TempDir static Path folder;
  private static TestTls tls;

  private final Loop loop = new Loop();

  @BeforeAll
  static void makeAuthority() throws Exception {
    tls = new TestTls(folder);
  }

  @AfterEach
  void stop() {
    loop.close();
  }

  private NettyCaller trusting(@Nullable KeyStore trusted) {
    return new NettyCaller(loop, "Sandpiper/test", trusted, CallerOptions.DEFAULTS);
  }

  private static HttpCall get(URI uri, CallTimes times) {
    return new HttpCall("GET", uri, Map.of(), new HttpBody.Nothing(), times);
  }

  private static void serve(Talk talk) throws IOException {
    while (!talk.request().isEmpty()) {
      talk.answer("hello");
    }
  }

  private static String ask(NettyCaller caller, URI uri) throws Exception {
    try (HttpReply reply = caller.send(get(uri, PATIENT))) {
      return reply.status() + " " + new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aServerIsKnownByItsCertificate() throws Exception {
    KeyStore keys = tls.server("ip:127.0.0.1", "-2d");
    try (RawServer server = new RawServer(TlsTest::serve, keys, TestTls.PASSWORD)) {
      NettyCaller caller = trusting(tls.trusted());
      for (int i = 0; i < 5; i++) {
        assertThat(ask(caller, server.uri("/"))).isEqualTo("200 hello");
      }
      assertThat(server.connections).hasValue(1);
    }
  }

  private void unreachable(KeyStore keys, @Nullable KeyStore trusted, String why) throws Exception {
    try (RawServer server = new RawServer(TlsTest::serve, keys, TestTls.PASSWORD)) {
      assertThatThrownBy(() -> ask(trusting(trusted), server.uri("/secret")))
          .isInstanceOfSatisfying(
              HttpCallException.class, e -> assertThat(e.phase()).isEqualTo(Phase.UNSENT))
          .hasMessage(server.label() + " cannot be reached: " + why);
    }
  }

  @Test
  void aCertificateForAnotherHost() throws Exception {
    KeyStore keys = tls.server("dns:elsewhere.example", "-2d");
    unreachable(keys, tls.trusted(), "its certificate is not for 127.0.0.1; check the address");
  }

  @Test
  void aCertificateOfYesteryear() throws Exception {
    KeyStore keys = tls.server("ip:127.0.0.1", "-20d");
    unreachable(
        keys,
        tls.trusted(),
        "its certificate is not valid today by the clock of this machine; check the clock"
            + " (timedatectl)");
  }

  @Test
  void aCertificateNobodyVouchesFor() throws Exception {
    unreachable(
        tls.server("ip:127.0.0.1", "-2d"),
        null,
        "its certificate comes from an authority this machine does not trust; something on the way"
            + " intercepts TLS, or the address names a private server whose authority Java does"
            + " not know");
  }

  @Test
  void aServerThatSpeaksNoTls() throws Exception {
    try (RawServer server =
        new RawServer(talk -> {
          talk.in.read();
          talk.say("HTTP/1.1 400 Bad Request\r\n\r\n");
        })) {
      URI uri = URI.create("https://" + server.label() + "/secret");
      assertThatThrownBy(() -> ask(trusting(null), uri))
          .isInstanceOfSatisfying(
              HttpCallException.class, e -> assertThat(e.phase()).isEqualTo(Phase.UNSENT))
          .message()
          .startsWith(server.label() + " cannot be reached: the TLS handshake failed (")
          .endsWith("); check the address");
    }
  }

  @Test
  void aHandshakeThatStalls() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(talk -> {
          talk.awaitEnd();
          gone.countDown();
        })) {
      URI uri = URI.create("https://" + server.label() + "/secret");
      CallTimes brief = new CallTimes(Duration.ofMillis(200), LONG, LONG, LONG);
      assertThatThrownBy(() -> trusting(null).send(get(uri, brief)))
          .isInstanceOfSatisfying(
              HttpCallException.class,
              e -> {
                assertThat(e.phase()).isEqualTo(Phase.UNSENT);
                assertThat(e.isTimeout()).isTrue();
              })
          .hasMessage(
              server.label()
                  + " cannot be reached: no connection in 200 ms; check the address and the"
                  + " internet connection");
      gone.await();
    }
  }

  @Test
  void aHugeBodyStreamsThroughTls() throws Exception {
    KeyStore keys = tls.server("ip:127.0.0.1", "-2d");
    long size = 8L << 20;
    try (RawServer server =
        new RawServer(
            talk -> {
              talk.head();
              talk.in.skipNBytes(size);
              talk.say("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
              talk.out.write(new byte[(int) size]);
              talk.awaitEnd();
            },
            keys,
            TestTls.PASSWORD)) {
      HttpBody body = new HttpBody.Bytes("application/octet-stream", new byte[(int) size]);
      HttpCall post = new HttpCall("POST", server.uri("/"), Map.of(), body, PATIENT);
      try (HttpReply reply = trusting(tls.trusted()).send(post);
          InputStream in = reply.body()) {
        assertThat(in.readAllBytes()).hasSize((int) size);
      }
    }
  }

  @Test
  void anInterruptDoesNotWaitForThePolitenessOfTls() throws Exception {
    KeyStore keys = tls.server("ip:127.0.0.1", "-2d");
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            talk -> {
              talk.request();
              asked.countDown();
              talk.awaitEnd();
              gone.countDown();
            },
            keys,
            TestTls.PASSWORD)) {
      NettyCaller caller = trusting(tls.trusted());
      Thread thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  ask(caller, server.uri("/"));
                } catch (Exception _) {
                  // interrupted
                }
              });
      asked.await();
      thread.interrupt();
      gone.await();
      thread.join();
    }
  }

  @Test
  void aWebSocketGoesThroughTls() throws Exception {
    KeyStore keys = tls.server("ip:127.0.0.1", "-2d");
    try (RawServer server =
            new RawServer(
                talk -> {
                  talk.say(WebSocketTest.accept(talk.head()));
                  WebSocketTest.text(talk, "hello");
                },
                keys,
                TestTls.PASSWORD);
        WebSocketLink link =
            trusting(tls.trusted())
                .connect(
                    new WebSocketCall(
                        URI.create("wss://" + server.label() + "/"), Map.of(), LONG, 1_000))) {
      assertThat(link.receive(LONG)).isEqualTo(new WebSocketLink.Received.Text("hello"));
      assertThat(link.receive(LONG)).isEqualTo(new WebSocketLink.Received.Closed(1006, ""));
    }
  }
}
