package dev.sandpiper.edge.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.net.RawServer.Script;
import dev.sandpiper.edge.net.RawServer.Talk;
import dev.sandpiper.edge.net.WebSocketLink.Received;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// WebSockets against a server that writes frames byte by byte.
@Timeout(120)
class WebSocketTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int FINAL = 0x80;

  private final Loop loop = new Loop();
  private final NettyCaller caller = new NettyCaller(loop, "Sandpiper/test");
  private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    loop.close();
  }

  static String accept(String head) throws Exception {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("sec-websocket-key: ") + 19;
    String key = head.substring(at, head.indexOf("\r\n", at));
    byte[] hash =
        MessageDigest.getInstance("SHA-1")
            .digest(
                (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.UTF_8));
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: "
        + Base64.getEncoder().encodeToString(hash)
        + "\r\n\r\n";
  }

  private Script opening(Script then) {
    return talk -> {
      String head = talk.head();
      seen.add(head);
      talk.say(accept(head));
      then.run(talk);
    };
  }

  private static void frame(Talk talk, int first, byte[] payload) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    if (payload.length < 126) {
      out.write(payload.length);
    } else if (payload.length < 65_536) {
      out.write(126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    } else {
      out.write(127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) payload.length >> shift));
      }
    }
    out.write(payload);
    talk.out.write(out.toByteArray());
    talk.out.flush();
  }

  static void text(Talk talk, String text) throws IOException {
    frame(talk, FINAL | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /// A masked frame of the client: its kind and its words.
  private static String read(Talk talk) throws IOException {
    int first = talk.in.read();
    if (first < 0) {
      return "gone";
    }
    int length = talk.in.read();
    if ((length & 0x80) == 0) {
      return "not masked";
    }
    length &= 0x7f;
    if (length == 126) {
      length = talk.in.read() << 8 | talk.in.read();
    }
    byte[] mask = talk.in.readNBytes(4);
    byte[] payload = talk.in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    int kind = first & 0xf;
    if (kind == CLOSE) {
      return payload.length < 2
          ? "close"
          : "close "
              + ((payload[0] & 0xff) << 8 | (payload[1] & 0xff))
              + " "
              + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }
    return kind + " " + new String(payload, StandardCharsets.UTF_8);
  }

  private static byte[] closing(int code, String reason) {
    byte[] words = reason.getBytes(StandardCharsets.UTF_8);
    byte[] payload = new byte[2 + words.length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(words, 0, payload, 2, words.length);
    return payload;
  }

  private WebSocketLink connect(RawServer server) throws Exception {
    return connect(server, LONG, 1_000_000);
  }

  private WebSocketLink connect(RawServer server, Duration wait, int max) throws Exception {
    URI uri = URI.create("ws://" + server.label() + "/?v=10&encoding=json");
    return caller.connect(new WebSocketCall(uri, Map.of("X-Mine", "1"), wait, max));
  }

  @Test
  void wordsGoBothWays() throws Exception {
    try (RawServer server =
            new RawServer(
                opening(talk -> {
                  text(talk, "welcome ü");
                  seen.add(read(talk));
                  seen.add(read(talk));
                }));
        WebSocketLink link = connect(server)) {
      assertThat(link.receive(LONG)).isEqualTo(new Received.Text("welcome ü"));
      link.send("thank you 🐦");
      link.close(4000, "enough");
      assertThat(seen.take())
          .startsWith("GET /?v=10&encoding=json HTTP/1.1\r\n")
          .contains("X-Mine: 1\r\n", "user-agent: Sandpiper/test\r\n")
          .doesNotContainIgnoringCase("extensions")
          .doesNotContainIgnoringCase("origin:");
      assertThat(seen.take()).isEqualTo("1 thank you 🐦");
      assertThat(seen.take()).isEqualTo("close 4000 enough");
      assertThat(link.receive(LONG)).isEqualTo(new Received.Closed(4000, "enough"));
      link.send("nobody hears this");
    }
  }

  @Test
  void fragmentsAreJoinedAndPingsAnsweredBetweenThem() throws Exception {
    byte[] word = "grün".getBytes(StandardCharsets.UTF_8);
    try (RawServer server =
            new RawServer(
                opening(talk -> {
                  frame(talk, TEXT, new byte[] {word[0], word[1], word[2]});
                  frame(talk, FINAL | PING, "still there?".getBytes(StandardCharsets.UTF_8));
                  frame(talk, 0, new byte[] {word[3]});
                  frame(talk, FINAL, new byte[] {word[4]});
                  seen.add(read(talk));
                }));
        WebSocketLink link = connect(server)) {
      assertThat(link.receive(LONG)).isEqualTo(new Received.Text("grün"));
      seen.take();
      assertThat(seen.take()).isEqualTo("10 still there?");
    }
  }

  @Test
  void silenceIsToldAfterTheWait() throws Exception {
    try (RawServer server = new RawServer(opening(Talk::awaitEnd));
        WebSocketLink link = connect(server)) {
      assertThat(link.receive(Duration.ofMillis(50))).isEqualTo(new Received.Silence());
    }
  }

  @Test
  void theFarSidesCodeIsTold() throws Exception {
    try (RawServer server =
            new RawServer(
                opening(talk -> {
                  text(talk, "last words");
                  frame(talk, FINAL | CLOSE, closing(4014, "Disallowed intent(s)."));
                  seen.add(read(talk));
                }));
        WebSocketLink link = connect(server)) {
      assertThat(link.receive(LONG)).isEqualTo(new Received.Text("last words"));
      assertThat(link.receive(LONG)).isEqualTo(new Received.Closed(4014, "Disallowed intent(s)."));
      seen.take();
      assertThat(seen.take()).isEqualTo("close 4014 Disallowed intent(s).");
    }
  }

  @Test
  void aBrokenConnectionIs1006() throws Exception {
    try (RawServer server = new RawServer(opening(Talk::reset));
        WebSocketLink link = connect(server)) {
      assertThat(link.receive(LONG)).isEqualTo(new Received.Closed(1006, ""));
    }
  }

  @Test
  void aMessageBeyondTheBoundClosesIt() throws Exception {
    try (RawServer server =
            new RawServer(
                opening(talk -> {
                  frame(talk, TEXT, new byte[600]);
                  frame(talk, 0, new byte[600]);
                  seen.add(read(talk));
                }));
        WebSocketLink link = connect(server, LONG, 1_000)) {
      assertThat(link.receive(LONG))
          .isEqualTo(new Received.Closed(1009, "a message of more than 1,000 bytes"));
      seen.take();
      assertThat(seen.take()).startsWith("close 1009");
    }
  }

  @Test
  void spoiltFramesCloseIt() throws Exception {
    byte[][] spoilt = {
      {(byte) 0xff, 0x00}, // reserved bits and an unknown kind
      {(byte) 0x83, 0x00}, // an unknown kind
      {(byte) 0x80, 0x00}, // goes on with nothing
      {(byte) 0x89, 0x7e, 0x01, 0x00}, // a ping that is too long
      {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'x'}, // masked by the server
      {(byte) 0x81, 0x7f, 0x7f, 0, 0, 0, 0, 0, 0, 0}, // 2^62 bytes
    };
    for (byte[] frame : spoilt) {
      try (RawServer server =
              new RawServer(
                  opening(talk -> {
                    talk.out.write(frame);
                    talk.awaitEnd();
                  }));
          WebSocketLink link = connect(server)) {
        assertThat(link.receive(LONG))
            .isInstanceOfSatisfying(
                Received.Closed.class, closed -> assertThat(closed.code()).isIn(1002, 1009));
      }
    }
    try (RawServer server =
            new RawServer(
                opening(talk -> {
                  frame(talk, FINAL | TEXT, new byte[] {(byte) 0xc3, '('});
                  talk.awaitEnd();
                }));
        WebSocketLink link = connect(server)) {
      assertThat(link.receive(LONG))
          .isEqualTo(new Received.Closed(1007, "a message that is not UTF-8"));
    }
  }

  @Test
  void aFloodWaitsInTheSocket() throws Exception {
    LinkedBlockingQueue<Integer> written = new LinkedBlockingQueue<>();
    try (RawServer server =
            new RawServer(
                opening(talk -> {
                  talk.socket.setSendBufferSize(16_384);
                  for (int i = 0; i < 10_000; i++) {
                    text(talk, "x".repeat(10_000));
                    written.add(i);
                  }
                }));
        WebSocketLink link = connect(server, LONG, 20_000)) {
      int before = -1;
      while (before != written.size()) {
        before = written.size();
        Thread.sleep(300);
      }
      assertThat(written).hasSizeLessThan(2_000);
      for (int i = 0; i < 10_000; i++) {
        assertThat(link.receive(LONG)).isInstanceOf(Received.Text.class);
      }
    }
  }

  @Test
  void aServerThatOpensNone() throws Exception {
    try (RawServer server =
        new RawServer(talk -> {
          talk.head();
          talk.say("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        })) {
      assertThatThrownBy(() -> connect(server))
          .isInstanceOf(HttpCallException.class)
          .hasMessage(server.label() + " opens no WebSocket: it answers with status 401");
    }
    try (RawServer server =
        new RawServer(talk -> {
          talk.head();
          talk.say(accept("sec-websocket-key: another\r\n"));
        })) {
      assertThatThrownBy(() -> connect(server))
          .isInstanceOf(HttpCallException.class)
          .hasMessage(server.label() + " opens no WebSocket: its answer breaks the rules");
    }
    try (RawServer server = new RawServer(Talk::head)) {
      assertThatThrownBy(() -> connect(server))
          .isInstanceOf(HttpCallException.class)
          .hasMessage(server.label() + " closed the connection without an answer");
    }
    try (RawServer server = new RawServer(Talk::awaitEnd)) {
      assertThatThrownBy(() -> connect(server, Duration.ofMillis(200), 1_000))
          .isInstanceOfSatisfying(HttpCallException.class, e -> assertThat(e.isTimeout()).isTrue())
          .hasMessage(server.label() + " did not open a WebSocket in 200 ms");
    }
  }
}
