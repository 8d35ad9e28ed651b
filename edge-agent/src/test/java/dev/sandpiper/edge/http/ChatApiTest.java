package dev.sandpiper.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.web.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ChatApiTest {

  private static final String TOKEN = RawClient.TOKEN;

  @TempDir Path home;
  private ChatServer chat;

  @BeforeEach
  void start() throws IOException {
    chat = new ChatServer(home);
  }

  @AfterEach
  void stop() {
    chat.close();
  }

  private static String message(String key, String text) {
    return "{\"key\":\"" + key + "\",\"text\":\"" + text + "\"}";
  }

  @Test
  void aMessageIsTakenOnceAndKept() throws Exception {
    HttpResponse<String> first = chat.owner("POST", "/v1/chat/messages", message("key-0001", "hi"));
    HttpResponse<String> again = chat.owner("POST", "/v1/chat/messages", message("key-0001", "hi"));
    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(chat.taken).hasSize(1);
    Incoming incoming = chat.taken.take();
    assertThat(incoming.updateKey()).isEqualTo("0owner:key-0001");
    assertThat(incoming.address().text()).isEqualTo("web:0owner");
    assertThat(incoming.sender().language()).isEqualTo("en");
    assertThat(incoming.content())
        .isEqualTo(new Incoming.Content.Message("hi", List.of(), "1", null));
    assertThat(chat.owner("GET", "/v1/chat/messages", "").body())
        .isEqualTo(
            "{\"messages\":[{\"id\":1,\"key\":\"key-0001\",\"from\":\"me\",\"text\":\"hi\","
                + "\"at\":\"2026-03-01T08:00:00Z\",\"buttons\":[],\"files\":[]}],\"more\":false}");
  }

  @Test
  void aMessageThatIsTurnedAwayIsNotKept() throws Exception {
    chat.denies = true;
    HttpResponse<String> answer =
        chat.owner("POST", "/v1/chat/messages", message("key-0001", "hi"));
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body())
        .contains(
            "The message was not taken: there were too many in a short time, or you are not let in"
                + " any more. Wait a minute, then send it again.");
    assertThat(chat.owner("GET", "/v1/chat/messages", "").body()).contains("\"messages\":[]");
    chat.denies = false;
    assertThat(chat.owner("POST", "/v1/chat/messages", message("key-0001", "hi")).statusCode())
        .isEqualTo(202);
  }

  @Test
  void aParcelIsInTheHistoryOnce() throws Exception {
    chat.deliver("k1", Outgoing.text("one"), null);
    chat.deliver("k1", Outgoing.text("one"), null);
    chat.deliver(
        "k2", new Outgoing.Edit("k1", "two", List.of(new Button("Again", "retry:1"))), "1");
    assertThat(chat.owner("GET", "/v1/chat/messages", "").body())
        .contains("\"text\":\"two\"", "\"label\":\"Again\"")
        .doesNotContain("\"id\":2", "one");
  }

  @Test
  void aPressedButtonIsHandedOnOnce() throws Exception {
    Button button = new Button("Again", "retry:1");
    chat.deliver("k1", new Outgoing.Text("failed", List.of(button), null), null);
    String press = "{\"key\":\"press-01\",\"message\":1,\"data\":\"retry:1\"}";
    assertThat(chat.owner("POST", "/v1/chat/presses", press).body())
        .contains("\"pressed\":\"retry:1\"");
    chat.owner("POST", "/v1/chat/presses", press);
    assertThat(chat.taken.take().content()).isEqualTo(new Incoming.Content.Press("retry:1", "1"));
    assertThat(chat.taken).isEmpty();
    HttpResponse<String> foreign =
        chat.owner(
            "POST",
            "/v1/chat/presses",
            "{\"key\":\"press-02\",\"message\":1,\"data\":\"delete:all\"}");
    assertThat(foreign.statusCode()).isEqualTo(409);
    assertThat(chat.taken).isEmpty();
  }

  @Test
  void aFileComesWithItsMessage() throws Exception {
    HttpResponse<String> file =
        chat.send(
            chat.request("POST", "/v1/chat/files?name=b%C3%BCcher.txt", "words")
                .header("Content-Type", "text/plain")
                .header("Authorization", "Bearer " + TOKEN));
    assertThat(file.statusCode()).isEqualTo(201);
    String id = file.body().replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
    String send = "{\"key\":\"key-0001\",\"text\":\"\",\"files\":[\"" + id + "\"]}";
    assertThat(chat.owner("POST", "/v1/chat/messages", send).statusCode()).isEqualTo(202);
    Incoming.Content.Message message = (Incoming.Content.Message) chat.taken.take().content();
    try (var in = chat.channel.open(message.files().getFirst())) {
      assertThat(in.readAllBytes()).isEqualTo("words".getBytes(StandardCharsets.UTF_8));
    }
    HttpResponse<String> fetched = chat.owner("GET", "/v1/chat/files/" + id, "");
    assertThat(fetched.body()).isEqualTo("words");
    assertThat(fetched.headers().firstValue("content-disposition"))
        .contains("attachment; filename*=UTF-8''b%C3%BCcher.txt");
    assertThat(fetched.headers().firstValue("content-type")).contains("application/octet-stream");
    String other = "{\"key\":\"key-0002\",\"text\":\"\",\"files\":[\"" + id + "\"]}";
    assertThat(chat.owner("POST", "/v1/chat/messages", other).statusCode()).isEqualTo(409);
  }

  @Test
  void filesAndMessagesOfOthersDoNotExist() throws Exception {
    Visitor bob = new Visitor("0bob", "Bob", false, Locale.GERMAN);
    chat.codes.put("K7QX-M3RD", bob);
    String cookie = chat.logIn("K7QX-M3RD");
    HttpResponse<String> file =
        chat.page("POST", "/v1/chat/files?name=a.txt", cookie, "bob's words");
    String id = file.body().replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
    assertThat(chat.owner("GET", "/v1/chat/files/" + id, "").statusCode()).isEqualTo(404);
    String steal = "{\"key\":\"key-0001\",\"text\":\"x\",\"files\":[\"" + id + "\"]}";
    assertThat(chat.owner("POST", "/v1/chat/messages", steal).statusCode()).isEqualTo(409);
    chat.page("POST", "/v1/chat/messages", cookie, message("key-0009", "secret"));
    assertThat(chat.owner("GET", "/v1/chat/messages", "").body()).contains("\"messages\":[]");
    assertThat(chat.page("GET", "/v1/documents", cookie, "").statusCode()).isEqualTo(401);
  }

  @Test
  void eventsTellOfMessagesAndWordsSoFar() throws Exception {
    try (RawClient client = new RawClient(chat.port)) {
      client.send(RawClient.head("GET /v1/chat/events"));
      client.head();
      chat.deliver("k1", Outgoing.text("one"), null);
      String first = until(client, "\"text\":\"one\"");
      assertThat(first).contains("event: message");
      try (LiveReply live = chat.channel.live(OWNER)) {
        until(client, "event: typing");
        live.show("Once upon");
        until(client, "{\"from\":0,\"text\":\"Once upon\"}");
        chat.clock.advance(Duration.ofSeconds(1));
        live.show("Once upon a time");
        until(client, "{\"from\":9,\"text\":\" a time\"}");
      }
      until(client, "event: quiet");
      String id = first.replaceAll("(?s).*id: (\\S+).*", "$1");
      chat.deliver("k2", Outgoing.text("two"), null);
      try (RawClient later = new RawClient(chat.port)) {
        later.send(RawClient.head("GET /v1/chat/events", "Last-Event-ID: " + id));
        later.head();
        assertThat(until(later, "\"text\":\"two\"")).doesNotContain("\"text\":\"one\"");
      }
      try (RawClient lost = new RawClient(chat.port)) {
        lost.send(RawClient.head("GET /v1/chat/events", "Last-Event-ID: long-ago"));
        lost.head();
        until(lost, "event: reset");
      }
    }
  }

  private static final dev.sandpiper.edge.channel.Address OWNER =
      new dev.sandpiper.edge.channel.Address("web", ChatServer.OWNER.id());

  private static String until(RawClient client, String text) throws IOException {
    StringBuilder all = new StringBuilder();
    while (all.indexOf(text) < 0) {
      all.append(client.line()).append('\n');
    }
    return all.toString();
  }

  @Test
  void tooManyOpenPagesAreTurnedAway() throws Exception {
    RawClient[] clients = new RawClient[9];
    int turnedAway = 0;
    for (int i = 0; i < clients.length; i++) {
      clients[i] = new RawClient(chat.port);
      clients[i].send(RawClient.head("GET /v1/chat/events"));
      String head = clients[i].head();
      turnedAway += head.startsWith("HTTP/1.1 429") ? 1 : 0;
      if (head.startsWith("HTTP/1.1 200")) {
        until(clients[i], ": sandpiper");
      }
    }
    assertThat(turnedAway).isEqualTo(1);
    for (RawClient client : clients) {
      client.close();
    }
  }

  @Test
  void aSessionLastsUntilItIsEnded() throws Exception {
    String cookie = chat.logIn(TOKEN);
    assertThat(chat.page("GET", "/v1/chat/me", cookie, "").body())
        .isEqualTo(
            "{\"id\":\"0owner\",\"name\":\"Ada\",\"owner\":true,\"language\":\"en\","
                + "\"session\":1,\"maxFile\":1048576}");
    String other = chat.logIn(TOKEN);
    assertThat(chat.page("GET", "/v1/chat/sessions", cookie, "").body())
        .contains("\"id\":1", "\"id\":2", "\"current\":true");
    assertThat(chat.page("DELETE", "/v1/chat/sessions/2", cookie, "").statusCode()).isEqualTo(204);
    assertThat(chat.page("GET", "/v1/chat/me", other, "").statusCode()).isEqualTo(401);
    HttpResponse<String> out = chat.page("POST", "/v1/chat/logout", cookie, "");
    assertThat(out.headers().firstValue("set-cookie").orElseThrow()).contains("Max-Age=0");
    assertThat(chat.page("GET", "/v1/chat/me", cookie, "").statusCode()).isEqualTo(401);
  }

  @Test
  void anEndedSessionHearsNothingMore() throws Exception {
    String cookie = chat.logIn(TOKEN);
    try (RawClient client = new RawClient(chat.port)) {
      client.send(
          "GET /v1/chat/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\n\r\n"
              .formatted(chat.port, cookie));
      assertThat(client.head()).startsWith("HTTP/1.1 200");
      until(client, ": sandpiper");
      chat.page("POST", "/v1/chat/logout", cookie, "");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void anIdleSessionAndAPersonWhoLeftAreLoggedOut() throws Exception {
    String cookie = chat.logIn(TOKEN);
    chat.clock.advance(Duration.ofDays(29));
    assertThat(chat.page("GET", "/v1/chat/me", cookie, "").statusCode()).isEqualTo(200);
    chat.clock.advance(Duration.ofDays(29));
    assertThat(chat.page("GET", "/v1/chat/me", cookie, "").statusCode()).isEqualTo(200);
    chat.people.clear();
    assertThat(chat.page("GET", "/v1/chat/me", cookie, "").statusCode()).isEqualTo(401);
    chat.people.put(ChatServer.OWNER.id(), ChatServer.OWNER);
    chat.clock.advance(Duration.ofDays(31));
    assertThat(chat.page("GET", "/v1/chat/me", cookie, "").statusCode()).isEqualTo(401);
  }

  @Test
  void aCookieIsStrictAndItsSecretIsNowhereElse() throws Exception {
    HttpResponse<String> here =
        chat.page("POST", "/v1/chat/login", "a=b", "{\"secret\":\"" + TOKEN + "\"}");
    assertThat(here.headers().firstValue("set-cookie").orElseThrow())
        .matches(
            "sandpiper-%d=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000"
                .formatted(chat.port));
    try (RawClient client = new RawClient(chat.port)) {
      String body = "{\"secret\":\"" + TOKEN + "\"}";
      RawClient.Answer far =
          client
              .send(
                  "POST /v1/chat/login HTTP/1.1\r\nHost: pi.example\r\nOrigin: https://pi.example\r\n"
                      + "X-Sandpiper: 1\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
              .answer();
      assertThat(far.head())
          .containsPattern(
              "__Host-sandpiper=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict; Secure;");
    }
    String secret =
        here.headers().firstValue("set-cookie").orElseThrow().replaceAll("[^=]*=([^;]*);.*", "$1");
    assertThat(
            chat.rig.database.<List<String>>read(
                tx -> tx.query("SELECT hash FROM web_sessions", row -> row.text(1))))
        .hasSize(2)
        .noneMatch(hash -> hash.contains(secret));
  }

  @Test
  void otherPagesCannotUseTheCookie() throws Exception {
    String cookie = chat.logIn(TOKEN);
    String body = message("key-0001", "hi");
    String own = "http://127.0.0.1:" + chat.port;
    assertThat(
            List.of(
                status(cookie, "https://evil.example", "1", body),
                status(cookie, own + ".evil.example", "1", body),
                status(cookie, "null", "1", body),
                status(cookie, null, "1", body),
                status(cookie, own, null, body)))
        .containsOnly(403);
    assertThat(chat.taken).isEmpty();
    assertThat(status(cookie, own, "1", body)).isEqualTo(202);
    assertThat(
            chat.send(
                    chat.request("GET", "/v1/chat/messages", "")
                        .header("Cookie", cookie)
                        .header("Sec-Fetch-Site", "cross-site"))
                .statusCode())
        .isEqualTo(403);
    assertThat(
            chat.send(
                    chat.request("POST", "/v1/chat/login", "{\"secret\":\"" + TOKEN + "\"}")
                        .header("Origin", "https://evil.example")
                        .header("X-Sandpiper", "1"))
                .statusCode())
        .isEqualTo(403);
  }

  private int status(String cookie, @Nullable String origin, @Nullable String mark, String body)
      throws Exception {
    var request = chat.request("POST", "/v1/chat/messages", body).header("Cookie", cookie);
    if (origin != null) {
      request.header("Origin", origin);
    }
    if (mark != null) {
      request.header("X-Sandpiper", mark);
    }
    return chat.send(request).statusCode();
  }

  @Test
  void wrongCodesAreLimitedAndTheTokenIsNot() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(login("wrong").statusCode()).isEqualTo(401);
    }
    chat.codes.put("K7QX-M3RD", new Visitor("0bob", "Bob", false, Locale.GERMAN));
    HttpResponse<String> tooMany = login("K7QX-M3RD");
    assertThat(tooMany.statusCode()).isEqualTo(429);
    assertThat(tooMany.body())
        .contains("There were too many wrong tries. Wait 30 seconds, then try again.");
    assertThat(tooMany.headers().firstValue("retry-after")).contains("30");
    assertThat(login(TOKEN).statusCode()).isEqualTo(204);
    chat.clock.advance(Duration.ofSeconds(31));
    assertThat(login("K7QX-M3RD").statusCode()).isEqualTo(204);
    assertThat(login("K7QX-M3RD").statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> login(String secret) throws Exception {
    return chat.page("POST", "/v1/chat/login", "a=b", "{\"secret\":\"" + secret + "\"}");
  }

  @Test
  void thePageIsServedWithAStrictPolicy() throws Exception {
    HttpResponse<String> page = chat.send(chat.request("GET", "/", ""));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-security-policy"))
        .contains(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                + " connect-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none';"
                + " frame-ancestors 'none'");
    assertThat(page.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(page.headers().firstValue("referrer-policy")).contains("no-referrer");
    assertThat(page.body()).doesNotContain("<style", "style=", "onclick", "http://", "https://");
    String tag = page.headers().firstValue("etag").orElseThrow();
    assertThat(chat.send(chat.request("GET", "/", "").header("If-None-Match", tag)).statusCode())
        .isEqualTo(304);
  }

  @Test
  void theTextsComeInBothLanguages() throws Exception {
    assertThat(chat.send(chat.request("GET", "/v1/chat/texts?language=de-AT", "")).body())
        .contains("\"web.send\":\"Senden\"", "\"web.language\":\"de\"");
    assertThat(chat.send(chat.request("GET", "/v1/chat/texts", "")).body())
        .contains("\"web.send\":\"Send\"", "\"web.says\":\"Sandpiper says: {0}\"");
  }
}
