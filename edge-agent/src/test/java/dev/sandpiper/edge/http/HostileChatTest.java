package dev.sandpiper.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.channel.Hook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HostileChatTest {

  private static final String LIMITS =
      """
      http.stall_timeout = "3s"
      http.min_rate = "10KB"
      http.max_hooks = 2
      """;

  @TempDir Path home;
  private final CountDownLatch release = new CountDownLatch(1);
  private ChatServer chat;

  @BeforeEach
  void start() throws IOException {
    chat = new ChatServer(home, LIMITS, List.of(new SlowHook(), new EchoHook()));
  }

  @AfterEach
  void stopHealthy() throws Exception {
    release.countDown();
    assertThat(chat.owner("GET", "/v1/chat/me", "").statusCode()).isEqualTo(200);
    chat.close();
  }

  private static final class EchoHook implements Hook {
    @Override
    public String name() {
      return "echo";
    }

    @Override
    public Answer receive(Map<String, String> headers, InputStream body) throws IOException {
      return new Answer(200, Integer.toString(body.readAllBytes().length));
    }
  }

  private final class SlowHook implements Hook {
    @Override
    public String name() {
      return "slow";
    }

    @Override
    public Answer receive(Map<String, String> headers, InputStream body) throws IOException {
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return new Answer(204, null);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "{",
        "{\"key\":1}",
        "{\"key\":\"short\",\"text\":\"x\"}",
        "{\"key\":\"with:colon\",\"text\":\"x\"}",
        "{\"key\":\"out:12345\",\"text\":\"x\"}",
        "{\"key\":\"key-0001\"}",
        "{\"key\":\"key-0001\",\"text\":\"  \"}",
        "{\"key\":\"key-0001\",\"text\":{\"a\":[]}}",
        "{\"key\":\"key-0001\",\"files\":\"x\"}",
        "{\"key\":\"key-0001\",\"text\":\"x\"}{}",
      })
  void nonsenseIsRefused(String body) throws Exception {
    assertThat(chat.owner("POST", "/v1/chat/messages", body).statusCode()).isEqualTo(400);
    assertThat(chat.taken).isEmpty();
  }

  @Test
  void missingFilesAndForeignButtonsAreRefused() throws Exception {
    for (String files : List.of("[1]", "[\"nothing\"]", "[null]", "[[\"x\"]]")) {
      String body = "{\"key\":\"key-0001\",\"text\":\"x\",\"files\":" + files + "}";
      assertThat(chat.owner("POST", "/v1/chat/messages", body).statusCode()).isEqualTo(409);
    }
    for (String id : List.of("0", "-1", "99999999999999999999", "\"1\"", "1e400")) {
      String body = "{\"key\":\"key-0001\",\"data\":\"x\",\"message\":" + id + "}";
      assertThat(chat.owner("POST", "/v1/chat/presses", body).statusCode()).isEqualTo(409);
    }
    assertThat(chat.owner("GET", "/v1/chat/messages", "").body()).contains("\"messages\":[]");
  }

  @Test
  void longMessagesAndBodiesAreRefused() throws Exception {
    String text = "{\"key\":\"key-0001\",\"text\":\"" + "x".repeat(33_000) + "\"}";
    assertThat(chat.owner("POST", "/v1/chat/messages", text).statusCode()).isEqualTo(413);
    String body = "{\"key\":\"key-0001\",\"text\":\"" + "x".repeat(400_000) + "\"}";
    assertThat(chat.owner("POST", "/v1/chat/messages", body).statusCode()).isEqualTo(413);
    String deep = "{\"key\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(chat.owner("POST", "/v1/chat/messages", deep).statusCode()).isEqualTo(400);
    String file = "x".repeat((1 << 20) + 1);
    assertThat(chat.owner("POST", "/v1/chat/files?name=a", file).statusCode()).isEqualTo(413);
  }

  @Test
  void fileNamesCannotLeaveTheirPlace() throws Exception {
    assertThat(chat.owner("POST", "/v1/chat/files?name=..%2F..%2Fetc%2Fpasswd", "x").body())
        .contains("\"name\":\"passwd\"");
    assertThat(chat.owner("POST", "/v1/chat/files?name=", "x").statusCode()).isEqualTo(400);
    String id =
        chat.send(
                chat.request("POST", "/v1/chat/files?name=a%0D%0AX-Evil:%201.html", "<script>")
                    .header("Content-Type", "text/html")
                    .header("Authorization", "Bearer " + RawClient.TOKEN))
            .body()
            .replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
    var answer = chat.owner("GET", "/v1/chat/files/" + id, "");
    assertThat(answer.headers().firstValue("content-type")).contains("application/octet-stream");
    assertThat(answer.headers().firstValue("x-evil")).isEmpty();
    assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
        .contains("sandbox");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/chat/messages",
        "GET /v1/chat/events",
        "GET /v1/chat/me",
        "GET /v1/chat/sessions",
        "GET /v1/chat/files/x",
        "POST /v1/chat/messages",
        "POST /v1/chat/presses",
        "POST /v1/chat/files?name=a",
        "POST /v1/chat/logout",
        "DELETE /v1/chat/sessions/1"
      })
  void strangersGetNothing(String line) throws Exception {
    String[] parts = line.split(" ", 2);
    for (String cookie :
        List.of("a=b", "sandpiper-" + chat.port + "=" + "A".repeat(43), "sandpiper-1=x; ;;=,")) {
      var answer = chat.page(parts[0], parts[1], cookie, "");
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body())
          .contains(
              "Log in on the page at /, with the agent's token or a code of 'sandpiper pair'");
    }
  }

  @Test
  void longSecretsAreJustWrong() throws Exception {
    String body =
        "{\"secret\":\"" + "K7QX".repeat(20_000) + "\",\"language\":\"" + "x-".repeat(99) + "\"}";
    assertThat(chat.page("POST", "/v1/chat/login", "a=b", body).statusCode()).isEqualTo(401);
    assertThat(chat.page("POST", "/v1/chat/login", "a=b", "{\"secret\":\"\"}").statusCode())
        .isEqualTo(401);
  }

  @Test
  void aHookTakesOneMebibyte() throws Exception {
    String most = "x".repeat(Hook.MAX_BODY);
    assertThat(chat.send(chat.request("POST", "/hooks/echo", most)).body()).isEqualTo("1048576");
    assertThat(chat.send(chat.request("POST", "/hooks/echo", most + "x")).statusCode())
        .isEqualTo(413);
    assertThat(chat.send(chat.request("POST", "/hooks/nothing", "x")).statusCode()).isEqualTo(404);
    try (RawClient client = new RawClient(chat.port)) {
      client.send(
          "POST /hooks/echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
      try {
        for (int i = 0; i < 200; i++) {
          client.send("2000\r\n" + "x".repeat(0x2000) + "\r\n");
        }
      } catch (IOException _) {
        // it was told to stop
      }
      assertThat(client.answer().status()).isEqualTo(413);
    }
  }

  @Test
  void aSlowBodyOfAHookIsCutOff() throws Exception {
    try (RawClient client = new RawClient(chat.port)) {
      client.send("POST /hooks/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx");
      assertThat(client.answer().status()).isEqualTo(408);
    }
  }

  @Test
  void busyHooksLeaveTheRestAlone() throws Exception {
    List<RawClient> busy = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      RawClient client = new RawClient(chat.port);
      client.send("POST /hooks/slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx");
      busy.add(client);
    }
    assertThat(chat.owner("GET", "/v1/chat/me", "").statusCode()).isEqualTo(200);
    release.countDown();
    for (RawClient client : busy) {
      assertThat(client.answer().status()).isEqualTo(204);
      client.close();
    }
  }
}
