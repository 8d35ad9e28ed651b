package dev.sandpiper.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sandpiper.contract.ContentSink;
import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.standin.lambda.FunctionSpec;
import dev.sandpiper.standin.lambda.HostedFunction;
import dev.sandpiper.standin.sqs.QueueSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The very zip as Lambda runs it.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LambdaIT {

  private static final String STACK = "sandpiper";
  private static final FunctionSpec.Settings SNAPSHOT =
      new FunctionSpec.Settings(Duration.ofSeconds(60), 1, 256, true);
  private static final Limits NO_TIME = Limits.DEFAULT.withWallMillis(1);

  @TempDir private Path folder;
  private Plant plant;
  private HostedFunction parse;
  private HostedFunction batch;

  @BeforeAll
  void start() throws Exception {
    plant = new Plant(QueueSpec.plant(STACK, Duration.ofMinutes(10), List.of("pi", "attic")));
    parse = plant.deploy(Plant.PARSE, plant.environment(STACK), Plant.SETTINGS);
    batch = plant.deploy(Plant.BATCH, plant.environment(STACK), Plant.SETTINGS);
  }

  @AfterAll
  void stop() throws IOException {
    plant.close();
  }

  @Test
  void documentInTheRequestIsAnsweredInTheReply() throws Exception {
    byte[] answer = Plant.answer(parse, Plant.json(inline("hello there")));

    assertThat(Plant.reply(answer)).isInstanceOf(ParseReply.Parsed.class);
    assertThat(new String(answer, StandardCharsets.UTF_8)).contains("hello there");
  }

  @Test
  void documentInS3IsParsedIntoS3() throws Exception {
    ParseRequest request = plant.document("pi", "to S3 and back", "job-1-1", Limits.DEFAULT);

    ParseReply.Parsed reply = (ParseReply.Parsed) Plant.ask(parse, request);

    byte[] stored = plant.object(Plant.OUT, ((ResultTarget.S3) request.result()).key());
    assertThat(reply.stored())
        .isEqualTo(new ParseReply.Stored(Plant.sha256(stored), stored.length));
    Markdown content = new Markdown();
    ParseReply whole = ReplyJson.read(new ByteArrayInputStream(stored), content);
    assertThat(whole.requestId()).isEqualTo(request.requestId());
    assertThat(content.text).hasToString("to S3 and back\n");
  }

  @Test
  void vanishedDocumentIsSaidToBeGone() throws Exception {
    ParseReply reply = Plant.ask(parse, Plant.absent("pi", "gone", "job-2-1", Limits.DEFAULT));

    assertThat(reply)
        .isInstanceOfSatisfying(
            ParseReply.Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(FailCode.SOURCE_UNAVAILABLE);
              assertThat(failed.message()).startsWith("There is no s3://sandpiper-in/in/pi/");
            });
  }

  @Test
  void anotherDevicesDocumentIsRefused() throws Exception {
    ParseRequest other = plant.document("attic", "private", "job-3-1", Limits.DEFAULT);
    ResultTarget mine = new ResultTarget.S3(Plant.OUT, "out/pi/" + other.requestId());
    byte[] bytes = "private".getBytes(StandardCharsets.UTF_8);

    ParseReply reply =
        Plant.ask(
            parse, Plant.request("x", bytes, other.document().source(), mine, Limits.DEFAULT));

    assertThat(((ParseReply.Rejected) reply).code()).isEqualTo(RejectCode.SOURCE_REFUSED);
    assertThat(plant.object(Plant.OUT, "out/pi/" + other.requestId())).isEmpty();
  }

  @Test
  void functionUrlIsAnsweredAsHttp() throws Exception {
    String body = Base64.getEncoder().encodeToString(Plant.json(inline("by HTTP")));
    String event =
        "{\"version\":\"2.0\",\"requestContext\":{\"http\":{\"method\":\"POST\"}},\"isBase64Encoded\":true,\"body\":\"%s\"}";

    assertThat(text(parse, event.formatted(body)))
        .startsWith("{\"statusCode\":200,")
        .contains("by HTTP");
    assertThat(text(parse, event.formatted("AAAA"))).startsWith("{\"statusCode\":400,");
  }

  @Test
  void batchNamesTheMessagesThatFailedAndAnswersTheOthers() throws Exception {
    ParseRequest good = plant.document("attic", "good", "job-4-1", Limits.DEFAULT);
    ParseRequest slow = plant.document("attic", "slow", "job-4-2", NO_TIME);
    ParseRequest gone = Plant.absent("attic", "gone", "job-4-3", Limits.DEFAULT);

    String answer =
        text(
            batch,
            event(
                record("m1", 1, Plant.text(good)),
                record("m2", 1, Plant.text(slow)),
                record("m3", 1, "nonsense"),
                record("m4", 1, Plant.text(gone)),
                record("m5", 1, Plant.text(good))));

    assertThat(answer)
        .isEqualTo(
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"},{\"itemIdentifier\":\"m3\"}]}");
    assertThat(plant.results("sandpiper-results-attic", 2))
        .extracting(ParseReply::requestId)
        .containsExactlyInAnyOrder(good.requestId(), gone.requestId());
  }

  @Test
  void lastDeliveryIsAnsweredWithItsFailure() throws Exception {
    ParseRequest slow = plant.document("pi", "slow", "job-5-1", NO_TIME);

    assertThat(text(batch, event(record("m1", 5, Plant.text(slow)))))
        .isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(plant.results("sandpiper-results-pi", 1))
        .singleElement()
        .isInstanceOfSatisfying(
            ParseReply.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo(FailCode.DEADLINE));
  }

  /// The runtime client lets old TLS in again; our handler closes that door in the same process.
  @Test
  void oldTlsIsRefusedWhereTheRuntimeClientAllowedIt() throws Exception {
    Path zip = withProbe(folder.resolve("probe.zip"));
    String answer = text(plant.deploy(zip, TlsProbe.class.getName() + "::handleRequest"), "{}");

    assertThat(answer.substring(0, answer.indexOf(";after"))).doesNotContain("TLSv1.1");
    assertThat(answer.substring(answer.indexOf(";after")))
        .contains("TLSv1, TLSv1.1")
        .contains(";protocols=TLSv1.3,TLSv1.2;");
  }

  @Test
  void restoredFunctionWorksAndHadEverythingLoadedBefore() throws Exception {
    Path log = folder.resolve("classes.log");
    HostedFunction function = plant.deploy(Plant.PARSE, logging(log), SNAPSHOT);

    ParseRequest request = plant.document("pi", "after the snapshot", "job-6-1", Limits.DEFAULT);
    ParseReply.Parsed first = (ParseReply.Parsed) Plant.ask(function, request);
    ParseReply.Parsed second = (ParseReply.Parsed) Plant.ask(function, inline("again"));

    assertThat(function.restores()).isEqualTo(1);
    assertThat(first.usage().coldStart()).isTrue();
    assertThat(second.usage().coldStart()).isFalse();
    assertThat(Files.readString(log)).contains(" org.apache.pdfbox.pdmodel.PDDocument ");
  }

  @Test
  void functionWithoutSnapshotLoadsWhatItNeeds() throws Exception {
    Path log = folder.resolve("few-classes.log");
    HostedFunction function = plant.deploy(Plant.PARSE, logging(log), Plant.SETTINGS);

    ParseReply.Parsed first = (ParseReply.Parsed) Plant.ask(function, inline("first"));

    assertThat(function.restores()).isZero();
    assertThat(first.usage().coldStart()).isTrue();
    assertThat(Files.readString(log)).doesNotContain(" org.apache.pdfbox.pdmodel.PDDocument ");
  }

  /// With SnapStart the role's credentials come from an endpoint, for those of the snapshot expire.
  @Test
  void restoredFunctionAsksForItsCredentials() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/role",
        exchange -> {
          boolean known = "secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body =
              "{\"AccessKeyId\":\"ASIA\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\"Expiration\":\"2099-01-01T00:00:00Z\"}"
                  .getBytes(StandardCharsets.UTF_8);
          asked.addAndGet(known ? 1 : 0);
          exchange.sendResponseHeaders(known ? 200 : 403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      Map<String, String> environment = plant.environment(STACK);
      environment.put("AWS_ACCESS_KEY_ID", "");
      environment.put("AWS_SECRET_ACCESS_KEY", "");
      environment.put("AWS_SESSION_TOKEN", "");
      environment.put(
          "AWS_CONTAINER_CREDENTIALS_FULL_URI",
          "http://127.0.0.1:" + server.getAddress().getPort() + "/role");
      environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "secret");
      HostedFunction function = plant.deploy(Plant.PARSE, environment, SNAPSHOT);
      ParseRequest request = plant.document("pi", "with a role", "job-7-1", Limits.DEFAULT);

      assertThat(Plant.ask(function, request)).isInstanceOf(ParseReply.Parsed.class);
      assertThat(asked).hasPositiveValue();
    } finally {
      server.stop(0);
    }
  }

  private Map<String, String> logging(Path log) {
    Map<String, String> environment = plant.environment(STACK);
    environment.merge(
        "JAVA_TOOL_OPTIONS",
        "-Xlog:class+load=info:file=" + log + "::filecount=0",
        (flags, more) -> flags + " " + more);
    return environment;
  }

  private static ParseRequest inline(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Plant.request(
        "inline", bytes, new Source.Inline(bytes), new ResultTarget.Inline(), Limits.DEFAULT);
  }

  private static String text(HostedFunction function, String payload) throws Exception {
    return new String(
        Plant.answer(function, payload.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  private static String event(String... records) {
    return "{\"Records\":[" + String.join(",", records) + "]}";
  }

  private static String record(String id, int receives, String body) {
    return "{\"messageId\":\"%s\",\"receiptHandle\":\"handle-%s\",\"attributes\":{\"ApproximateReceiveCount\":\"%d\"},\"body\":\"%s\"}"
        .formatted(id, id, receives, body.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  /// The zip with one class more.
  private static Path withProbe(Path target) throws IOException {
    String name = TlsProbe.class.getName().replace('.', '/') + ".class";
    try (ZipFile zip = new ZipFile(Plant.ZIP.toFile());
        OutputStream file = Files.newOutputStream(target);
        ZipOutputStream out = new ZipOutputStream(file);
        InputStream probe = TlsProbe.class.getResourceAsStream("TlsProbe.class")) {
      for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        zip.getInputStream(entry).transferTo(out);
      }
      out.putNextEntry(new ZipEntry(name));
      if (probe == null) {
        throw new IOException(name + " is not on the class path");
      }
      probe.transferTo(out);
    }
    return target;
  }

  private static final class Markdown implements ContentSink {
    final StringBuilder text = new StringBuilder();

    @Override
    public void markdown(String piece) {
      text.append(piece);
    }

    @Override
    public void block(String json) {}

    @Override
    public void chunk(dev.sandpiper.contract.Chunk chunk) {}

    @Override
    public void page(String json) {}
  }
}
