package dev.sandpiper.edge.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.browser.NodeModules;
import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.ChannelContract;
import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.Hook;
import dev.sandpiper.edge.channel.Inbox;
import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.config.ConfigException;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.net.Loop;
import dev.sandpiper.edge.net.NettyCaller;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookChannelTest extends ChannelContract {

  private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEW = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=";

  @TempDir Path home;
  private final Loop loop = new Loop();
  private final List<Incoming> taken = new java.util.ArrayList<>();
  private final Inbox taking =
      incoming -> {
        taken.add(incoming);
        return Inbox.Taken.NEW;
      };

  /// A program beside the agent: says what it has to say until it is taken, and takes what comes.
  private final class Program implements Far {
    final Database database;
    final BlobStore blobs;
    final Receiver receiver = new Receiver();
    final Turned clock = new Turned();
    private final ExecutorService queue = Executors.newSingleThreadExecutor();
    private volatile @Nullable WebhookChannel channel;
    private volatile @Nullable Future<?> last;
    private volatile String lastId = "";
    private volatile String lastBody = "";
    private int count;

    Program(Path folder) throws IOException {
      database = Database.open(folder.resolve("agent.db"), DatabaseOptions.defaults());
      blobs = BlobStore.open(folder);
    }

    WebhookChannel open(@Nullable URI url, String... secrets) {
      WebhookChannel made =
          new WebhookChannel(
              List.of(
                  new Webhook(
                      "home", java.util.Arrays.stream(secrets).map(Secret::new).toList(), url)),
              new WebhookChannel.Parts(database, blobs, new NettyCaller(loop, "test"), clock));
      channel = made;
      return made;
    }

    @Override
    public Channel channel() {
      return open(receiver.url(), OLD);
    }

    Hook.Answer call(String id, long timestamp, String body, String signatures) throws IOException {
      WebhookChannel now = channel;
      if (now == null) {
        throw new IOException("no channel");
      }
      return now.hooks()
          .getFirst()
          .receive(
              Map.of(
                  "webhook-id", id,
                  "webhook-timestamp", Long.toString(timestamp),
                  "webhook-signature", signatures),
              new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    Hook.Answer signed(String id, String body) throws IOException {
      long now = clock.instant().getEpochSecond();
      return call(id, now, body, sign(OLD, id, now, body));
    }

    @Override
    public Address chat() {
      return new Address("webhook", "home");
    }

    @Override
    public void write(String text) {
      say("{\"text\":\"" + text + "\"}");
    }

    @Override
    public void writeFile(String name, byte[] bytes) {
      say(
          "{\"files\":[{\"name\":\"%s\",\"content\":\"%s\"}]}"
              .formatted(name, Base64.getEncoder().encodeToString(bytes)));
    }

    private void say(String body) {
      String id = "msg_" + ++count;
      lastId = id;
      lastBody = body;
      last =
          queue.submit(() -> {
            while (true) {
              if (signed(id, body).status() < 300) {
                return null;
              }
              TimeUnit.MILLISECONDS.sleep(10);
            }
          });
    }

    @Override
    public @Nullable String writeHugeFile() {
      return null;
    }

    @Override
    public boolean isAcknowledged() {
      Future<?> said = last;
      return said != null && said.isDone();
    }

    @Override
    public boolean delivers() {
      return false; // what is known does not come in a second time
    }

    @Override
    public void deliverAgain() throws IOException {
      assertThat(signed(lastId, lastBody).json()).isEqualTo("{\"status\":\"known\"}");
    }

    @Override
    public List<String> arrived() {
      return receiver.once().stream()
          .map(got -> JsonValue.ours(got.body()).text("text", ""))
          .toList();
    }

    @Override
    public void loseNextAnswer() {
      receiver.next(new Receiver.Answer(200, Map.of(), true));
    }

    @Override
    public void throttleNext(Duration pause) {
      receiver.next(
          new Receiver.Answer(429, Map.of("Retry-After", Long.toString(pause.toSeconds())), false));
    }

    @Override
    public void close() {
      queue.shutdownNow();
      receiver.close();
      database.close();
    }
  }

  private static final class Turned implements InstantSource {
    private volatile Instant now = Instant.parse("2026-03-01T08:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }
  }

  private static String sign(String secret, String id, long timestamp, String body) {
    return Signing.of("home", List.of(new Secret(secret)))
        .sign(id, timestamp, body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  protected Far far() throws IOException {
    return new Program(home);
  }

  private Program other() throws IOException {
    return new Program(Files.createDirectory(home.resolve("other")));
  }

  @Test
  void anIdCountsOnceForDays() throws Exception {
    try (Program program = other()) {
      program.open(null, OLD).start(taking);
      assertThat(program.signed("msg_1", "{\"text\":\"hello\"}"))
          .isEqualTo(new Hook.Answer(202, "{\"status\":\"taken\"}"));
      program.clock.now = program.clock.now.plus(Duration.ofDays(4));
      assertThat(program.signed("msg_1", "{\"text\":\"hello\"}"))
          .isEqualTo(new Hook.Answer(200, "{\"status\":\"known\"}"));
      Incoming incoming = taken.getFirst();
      assertThat(incoming.updateKey()).isEqualTo("home:msg_1");
      assertThat(incoming.sender().id()).isEqualTo("home");
    }
  }

  @Test
  void whatIsNotSignedIsTurnedAway() throws Exception {
    try (Program program = other()) {
      program.open(null, OLD, NEW).start(taking);
      long now = program.clock.instant().getEpochSecond();
      String body = "{\"text\":\"hello\"}";
      String right = sign(OLD, "m", now, body);
      String strange = sign("whsec_" + "a".repeat(32), "m", now, body);
      for (Hook.Answer answer :
          List.of(
              program.call("m", now, body, ""),
              program.call("m", now, body, "v1,"),
              program.call("m", now, body, strange),
              program.call("m", now, body, right.replace("v1,", "v1a,")),
              program.call("n", now, body, right),
              program.call("m", now + 1, body, right),
              program.call("m", now, body + " ", right),
              program.call("", now, body, sign(OLD, "", now, body)),
              program.call("a b", now, body, sign(OLD, "a b", now, body)),
              program.call("x".repeat(129), now, body, sign(OLD, "x".repeat(129), now, body)))) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json())
            .contains(
                "The signature is missing or wrong: sign as Standard Webhooks has it, with a secret"
                    + " of webhooks.home.secrets.");
      }
      for (long off : List.of(-301L, 301L)) {
        Hook.Answer old = program.call("m", now + off, body, sign(OLD, "m", now + off, body));
        assertThat(old.status()).isEqualTo(401);
        assertThat(old.json()).contains("more than five minutes off");
      }
      assertThat(program.call("m", now, body, strange + " " + right).status()).isEqualTo(202);
      assertThat(program.call("m2", now - 300, body, sign(NEW, "m2", now - 300, body)).status())
          .isEqualTo(202);
      assertThat(taken).hasSize(2);
    }
  }

  @Test
  void nonsenseIsRefusedAndDoesNotUseUpItsId() throws Exception {
    try (Program program = other()) {
      program.open(null, OLD).start(taking);
      for (String body :
          List.of(
              "",
              "[]",
              "{}",
              "{\"text\":7}",
              "{\"text\":\" \"}",
              "{\"files\":[{\"name\":\"a\",\"content\":\"%%\"}]}",
              "{\"files\":[{\"content\":\"YQ==\"}]}",
              "{\"files\":[7]}")) {
        assertThat(program.signed("m", body).status()).as(body).isEqualTo(400);
      }
      String tooLong = "{\"text\":\"" + "x".repeat(32_001) + "\"}";
      assertThat(program.signed("m", tooLong).status()).isEqualTo(413);
      assertThat(program.signed("m", "{\"text\":\"now\"}").status()).isEqualTo(202);
    }
  }

  @Test
  void whoIsNotListedHearsSo() throws Exception {
    try (Program program = other()) {
      program.open(null, OLD).start(_ -> Inbox.Taken.DENIED);
      Hook.Answer answer = program.signed("m", "{\"text\":\"hello\"}");
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.json())
          .isEqualTo(
              "{\"status\":403,\"detail\":\"webhook:home is not let in, or sends too much: list it"
                  + " under people.members or another role, and see people.messages_per_minute.\"}");
    }
  }

  @Test
  void aRedirectIsNotFollowedAndGoneStops() throws Exception {
    try (Program program = other()) {
      WebhookChannel channel = program.open(program.receiver.url(), OLD);
      program.receiver.next(
          new Receiver.Answer(302, Map.of("Location", "http://127.0.0.1:1/"), false));
      assertThat(deliver(channel, "k1"))
          .isEqualTo(
              new Delivery.Refused(
                  "the address answered with a redirect (302), which is not followed; set"
                      + " webhooks.home.url to where it leads"));
      program.receiver.next(new Receiver.Answer(503, Map.of(), false));
      assertThat(deliver(channel, "k2"))
          .isEqualTo(
              new Delivery.Later(
                  "the address of webhooks.home answered with HTTP 503", null, false));
      program.receiver.next(new Receiver.Answer(410, Map.of(), false));
      assertThat(deliver(channel, "k3")).isInstanceOf(Delivery.Refused.class);
      assertThat(deliver(channel, "k4"))
          .isEqualTo(
              new Delivery.Refused(
                  "the address of webhooks.home answered 410: it wants nothing more; set another"
                      + " url and restart the agent"));
      assertThat(program.receiver.all()).hasSize(3);
      assertThat(deliver(program.open(null, OLD), "k5"))
          .isEqualTo(
              new Delivery.Refused("webhooks.home.url is not set: answers to home go nowhere"));
    }
  }

  private static Delivery deliver(Channel channel, String key) throws InterruptedException {
    return channel.deliver(
        new Parcel(key, new Address("webhook", "home"), Outgoing.text("hello"), null, null));
  }

  @Test
  void aSecretMustBeOne() throws Exception {
    try (Program program = other()) {
      for (String secret :
          List.of("whsec_short", "plain", "whsec_" + "!".repeat(40), "whsec_" + "A".repeat(120))) {
        assertThatThrownBy(() -> program.open(null, secret))
            .isInstanceOf(ConfigException.class)
            .hasMessage(
                "webhooks.home.secrets: a secret must be whsec_ and the base64 of 24 to 64 random"
                    + " bytes; make one with: echo whsec_$(openssl rand -base64 32)");
      }
    }
  }

  /// The authors' own library takes what we sign, and signs what we take.
  @Test
  void standardWebhooksAgrees() throws Exception {
    Path modules = NodeModules.with("standardwebhooks", "1.1.1");
    try (Program program = other()) {
      WebhookChannel channel = program.open(program.receiver.url(), NEW, OLD);
      channel.start(taking);
      program.clock.now = Instant.now();
      Outgoing content = new Outgoing.Text("Grüße 🐦", List.of(new Button("Ja", "yes:1")), null);
      assertThat(
              channel.deliver(
                  new Parcel("abc123", new Address("webhook", "home"), content, null, null)))
          .isEqualTo(new Delivery.Delivered("abc123"));
      Receiver.Got got = program.receiver.all().getFirst();
      assertThat(JsonValue.ours(got.body()))
          .isEqualTo(
              JsonValue.ours(
                  "{\"type\":\"message\",\"id\":\"abc123\",\"text\":\"Grüße 🐦\",\"choices\":[\"Ja\"]}"));
      for (String secret : List.of(OLD, NEW)) {
        String verified =
            node(
                modules,
                "const h = JSON.parse(process.argv[1]); const w = new Webhook(process.argv[2]);"
                    + " console.log(w.verify(process.argv[3], h).text)",
                json(got.headers()),
                secret,
                got.body());
        assertThat(verified).isEqualTo("Grüße 🐦");
      }
      long now = program.clock.instant().getEpochSecond();
      String body = "{\"text\":\"Grüße zurück\"}";
      String signature =
          node(
              modules,
              "console.log(new Webhook(process.argv[1]).sign('msg_9',"
                  + " new Date(1000 * Number(process.argv[2])), process.argv[3]))",
              OLD,
              Long.toString(now),
              body);
      assertThat(program.call("msg_9", now, body, signature).status()).isEqualTo(202);
    }
  }

  private static String json(Map<String, String> headers) {
    return dev.sandpiper.edge.view.Json.line(json -> {
      json.writeStartObject();
      for (Map.Entry<String, String> header : headers.entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      json.writeEndObject();
    });
  }

  private String node(Path modules, String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>();
    command.addAll(
        List.of(
            "node",
            "-e",
            "const { Webhook } = require(process.env.MODULES + '/standardwebhooks'); " + script));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("MODULES", modules.toString());
    Process process = builder.start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
