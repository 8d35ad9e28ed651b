package dev.sandpiper.edge.http;

import static dev.sandpiper.edge.http.RawClient.head;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.intake.Rig;
import dev.sandpiper.edge.queue.QueueOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HttpApiTest {

  /// SHA-256 of `hello`.
  private static final String HELLO =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  @TempDir Path home;
  private ApiServer api;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    api = new ApiServer(home, 3_000_000);
    client = new RawClient(api.port);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    api.close();
  }

  private RawClient.Answer post(String target, String body, String... headers) throws IOException {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length;
    return client.send(head("POST " + target, all) + body).answer();
  }

  @Test
  void aDocumentTravelsFromUploadToSearch() throws IOException {
    RawClient.Answer first = post("/v1/documents?name=a%20b.txt&tag=tax", "hello");
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.body())
        .isEqualTo(
            "{\"name\":\"a b.txt\",\"state\":\"queued\",\"id\":\"" + HELLO + "\",\"job\":1}");
    assertThat(post("/v1/documents?name=again.txt", "hello").body()).contains("\"pending\"");
    assertThat(client.ask("GET /v1/documents/" + HELLO + ".md").status()).isEqualTo(409);
    api.rig.parseNext("# Hello\n\nA wading <bird> & more");
    assertThat(post("/v1/documents?name=again.txt", "hello").status()).isEqualTo(200);
    assertThat(client.ask("GET /v1/documents/" + HELLO + ".md").body())
        .isEqualTo("# Hello\n\nA wading <bird> & more");
    assertThat(client.ask("GET /v1/documents/" + HELLO + ".json").body())
        .startsWith("{")
        .contains("\"markdown\"");
    RawClient.Answer source = client.ask("GET /v1/documents/" + HELLO + "/source");
    assertThat(source.body()).isEqualTo("hello");
    assertThat(source.head()).containsIgnoringCase("attachment; filename*=UTF-8''");
    assertThat(client.ask("GET /v1/search?q=wading").body())
        .contains("<mark>wading</mark> &lt;bird&gt; &amp; more", HELLO);
    assertThat(client.ask("GET /v1/documents?state=parsed&tag=tax").body()).contains(HELLO);
    assertThat(client.ask("DELETE /v1/documents/" + HELLO).status()).isEqualTo(204);
    assertThat(client.ask("GET /v1/documents/" + HELLO).status()).isEqualTo(404);
    assertThat(api.rig.files()).isZero();
  }

  @Test
  void aFormMayHoldSeveralFiles() throws IOException {
    String body =
        """
        preamble\r
        --X\r
        Content-Disposition: form-data; name="note"\r
        \r
        not a file\r
        --X\r
        Content-Disposition: form-data; name="f"; filename="报告.txt"\r
        Content-Type: text/plain\r
        \r
        first\r
        --almost\r
        \r\r
        --X\r
        Content-Disposition: form-data; name="f"; filename="../../etc/passwd"\r
        \r
        """
            + "z".repeat(100_000)
            + "\r\n--X--\r\nepilogue";
    RawClient.Answer answer =
        post("/v1/documents", body, "Content-Type: multipart/form-data; boundary=\"X\"");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).contains("\"name\":\"报告.txt\"", "\"name\":\"passwd\"");
    assertThat(api.rig.library.find("passwd").orElseThrow().size()).isEqualTo(100_000);
    // "first", a false delimiter, an empty line and a lone carriage return are content.
    assertThat(api.rig.library.find("报告.txt").orElseThrow().size())
        .isEqualTo("first\r\n--almost\r\n\r".length());
  }

  @Test
  void aMalformedFormIsRefusedAndLeavesNothing() throws IOException {
    String type = "Content-Type: multipart/form-data; boundary=X";
    assertThat(post("/v1/documents", "--X\r\nnonsense", type).status()).isEqualTo(400);
    try (RawClient second = new RawClient(api.port)) {
      String open = "--X\r\nContent-Disposition: form-data; name=f; filename=a\r\n\r\nhalf";
      second.send(head("POST /v1/documents", type, "Content-Length: " + open.length()) + open);
      assertThat(second.answer().status()).isEqualTo(400);
    }
    assertThat(api.rig.files()).isZero();
  }

  @Test
  void anEarlyCloseInMidUploadLeavesNothing() throws Exception {
    try (RawClient other = new RawClient(api.port)) {
      other.send(head("POST /v1/documents", "Content-Length: 2000000")).send("x".repeat(900_000));
      while (api.rig.files() == 0) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    while (api.rig.files() > 0) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(client.ask("GET /v1/documents").body()).isEqualTo("{\"documents\":[]}");
  }

  @Test
  void aLargeDocumentIsRefusedBeforeItIsSent() throws IOException {
    client.send(head("POST /v1/documents", "Content-Length: 3000001", "Expect: 100-continue"));
    RawClient.Answer answer = client.answer();
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("limits.document");
  }

  @Test
  void aChunkedDocumentOverTheLimitLeavesNothing() throws IOException {
    client.send(head("POST /v1/documents", "Transfer-Encoding: chunked"));
    for (int i = 0; i < 31; i++) {
      client.send("186a0\r\n" + "x".repeat(100_000) + "\r\n");
    }
    assertThat(client.answer().status()).isEqualTo(413);
    assertThat(api.rig.files()).isZero();
  }

  @Test
  void aFullQueueSaysWhenToTryAgain(@TempDir Path other) throws IOException {
    try (ApiServer full = new ApiServer(new Rig(other, 1_000, bounds(1, 0)));
        RawClient sender = new RawClient(full.port)) {
      sender.send(head("POST /v1/documents?name=a", "Content-Length: 1") + "a");
      assertThat(sender.answer().status()).isEqualTo(202);
      RawClient.Answer answer =
          sender.ask("POST /v1/documents?name=b", "Content-Length: 1", "Expect: 100-continue");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.has("Retry-After: 30")).isTrue();
      assertThat(answer.body())
          .contains(
              "The queue is full: 1 jobs are waiting. Try again when some are done (`sandpiper"
                  + " jobs`), or raise queue.depth.");
    }
  }

  @Test
  void aShortDiskIsRefusedBeforeTheBodyIsSent(@TempDir Path other) throws IOException {
    try (ApiServer full = new ApiServer(new Rig(other, 1_000, bounds(10, 1L << 60)));
        RawClient sender = new RawClient(full.port)) {
      RawClient.Answer answer =
          sender.ask("POST /v1/documents?name=b", "Content-Length: 1", "Expect: 100-continue");
      assertThat(answer.status()).isEqualTo(507);
      assertThat(answer.has("Retry-After: 30")).isTrue();
      assertThat(answer.body()).contains("stay in reserve", "lower store.disk_reserve");
      assertThat(full.rig.files()).isZero();
    }
  }

  private static QueueOptions bounds(int depth, long reserve) {
    QueueOptions normal = QueueOptions.defaults();
    return new QueueOptions(
        depth,
        reserve,
        normal.maxAttempts(),
        normal.maxKills(),
        normal.maxInterruptions(),
        normal.backoffBase(),
        normal.backoffMax(),
        normal.maxRetryAfter(),
        normal.keepEnded());
  }

  @Test
  void theSameBytesUnderAnotherNameAreAnsweredUnderThatName() throws IOException {
    post("/v1/documents?name=first.txt", "");
    api.rig.rejectNext("unreadable", "first.txt is empty. Send it again.");
    assertThat(post("/v1/documents?name=second.txt", "").body())
        .contains("\"name\":\"second.txt\"", "unreadable: second.txt is empty. Send it again.")
        .doesNotContain("first");
  }

  @Test
  void jobsAreListedRetriedAndCancelled() throws IOException {
    post("/v1/documents", "one");
    post("/v1/documents", "two");
    assertThat(client.ask("GET /v1/jobs?limit=1").body()).contains("\"id\":2", "\"nextBefore\":2");
    assertThat(client.ask("GET /v1/jobs?limit=1&before=2").body()).contains("\"id\":1");
    assertThat(client.ask("GET /v1/jobs?state=parked").body()).isEqualTo("{\"jobs\":[]}");
    assertThat(client.ask("POST /v1/jobs/1/retry").status()).isEqualTo(409);
    assertThat(client.ask("POST /v1/jobs/1/cancel").body()).contains("\"state\":\"cancelled\"");
    assertThat(client.ask("POST /v1/jobs/1/cancel").status()).isEqualTo(409);
    assertThat(client.ask("GET /v1/jobs/99").status()).isEqualTo(404);
    assertThat(client.ask("GET /v1/jobs/x").status()).isEqualTo(404);
    assertThat(client.ask("GET /v1/jobs?limit=x").body())
        .contains("limit must be a whole number from 1 to 1000");
    assertThat(client.ask("GET /v1/jobs?state=x").status()).isEqualTo(400);
  }

  @Test
  void aBatchShowsProgress() throws IOException {
    assertThat(client.ask("POST /v1/batches?label=scan").body())
        .isEqualTo("{\"id\":1,\"label\":\"scan\"}");
    post("/v1/documents?batch=1", "one");
    post("/v1/documents?batch=1", "two");
    api.rig.parseNext("text");
    assertThat(client.ask("GET /v1/batches/1").body())
        .contains("\"total\":2,\"pending\":1,\"parsed\":1,\"failed\":0");
    assertThat(post("/v1/documents?batch=7", "three").status()).isEqualTo(404);
  }

  @Test
  void acceptedDocumentsAreAnnounced() throws IOException {
    try (RawClient listener = new RawClient(api.port)) {
      listener.send(head("GET /v1/events"));
      listener.head();
      String line = listener.line();
      while (!line.startsWith(": sandpiper")) {
        line = listener.line();
      }
      post("/v1/documents", "hello");
      while (!line.startsWith("data: ")) {
        line = listener.line();
      }
      assertThat(line).isEqualTo("data: {\"document\":\"" + HELLO + "\",\"job\":1}");
    }
  }

  @Test
  void readinessIsEvaluatedEachTime() throws IOException {
    assertThat(client.ask("GET /readyz").status()).isEqualTo(200);
    api.check.set(CheckResult.fail("store", "the disk is gone", "mount it"));
    RawClient.Answer answer = client.ask("GET /readyz");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body())
        .isEqualTo(
            "{\"ready\":false,\"checks\":[{\"name\":\"store\",\"status\":\"fail\",\"detail\":\"the"
                + " disk is gone\",\"fix\":\"mount it\"}]}");
  }

  @Test
  void hostileQueriesAreAnswered() throws IOException {
    for (String q :
        new String[] {"%22", "a%22%20OR%20*", "%F0%9F%90%A6", "-", "type:", "%E2%80%AE"}) {
      assertThat(client.ask("GET /v1/search?q=" + q).status()).isEqualTo(200);
    }
    assertThat(client.ask("GET /v1/search").status()).isEqualTo(400);
    assertThat(client.ask("GET /v1/search?q=" + "x".repeat(2_000)).status()).isEqualTo(400);
    assertThat(client.ask("GET /v1/documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd").status())
        .isEqualTo(404);
  }

  @Test
  void theWayToTheCloudIsDrainedAndResumed() throws IOException {
    assertThat(client.ask("GET /v1/burst").body())
        .isEqualTo(
            "{\"mode\":\"overflow\",\"state\":\"working\",\"inFlight\":0,\"share\":8,"
                + "\"concurrency\":64}");
    assertThat(client.ask("POST /v1/burst/drain").body()).contains("\"state\":\"drained\"");
    assertThat(client.ask("GET /v1/burst").body()).contains("\"state\":\"drained\"");
    assertThat(client.ask("POST /v1/burst/resume").body()).contains("\"state\":\"working\"");
  }

  @Test
  void theDescriptionHoldsExactlyTheRoutes() throws IOException {
    Set<String> described = new TreeSet<>();
    try (InputStream in = HttpApi.class.getResourceAsStream("openapi.json");
        JsonParser json = new JsonFactory().createParser(in)) {
      while (!"paths".equals(json.nextFieldName())) {
        assertThat(json.currentToken()).isNotNull();
      }
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String path = json.currentName();
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          described.add(json.currentName().toUpperCase(Locale.ROOT) + " " + path);
          json.nextToken();
          json.skipChildren();
        }
      }
    }
    Set<String> served = new TreeSet<>(api.server.routes());
    try (ChatServer chat = new ChatServer(Files.createDirectory(home.resolve("chat")))) {
      served.addAll(chat.server.routes());
    }
    served.removeIf(route -> route.equals("GET /") || route.startsWith("GET /web/"));
    assertThat(described).containsExactlyInAnyOrderElementsOf(served);
    assertThat(client.ask("GET /v1/openapi.json").body()).contains("\"openapi\": \"3.1.0\"");
  }
}
