package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sandpiper.edge.burst.BurstStatus;
import dev.sandpiper.edge.channel.Hook;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.ConfigFile;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.fake.model.ModelFake;
import dev.sandpiper.edge.fake.model.Reply;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.Alarm;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Purpose;
import dev.sandpiper.edge.llm.route.ModelRouter;
import dev.sandpiper.edge.llm.route.Notices;
import dev.sandpiper.edge.talk.command.StatusCommand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What runs away is stopped: the agent's own conversation, router, ledger and queue, with a
/// webhook's door and a stand-in of a provider that counts.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RunawayTest {

  private static final byte[] KEY = "0123456789abcdefghijklmn".getBytes(StandardCharsets.UTF_8);
  private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
  private static final int REPEATS = 5;

  @TempDir Path home;

  private final TalkRig.Clock clock = new TalkRig.Clock("2026-12-01T10:00:00Z");
  private final List<Alarm> told = Collections.synchronizedList(new ArrayList<>());

  @SuppressWarnings("NullAway.Init")
  private ModelFake fake;

  @SuppressWarnings("NullAway.Init")
  private Wiring wiring;

  @SuppressWarnings("NullAway.Init")
  private Wiring.Shelves shelves;

  @SuppressWarnings("NullAway.Init")
  private AgentTalk talk;

  @SuppressWarnings("NullAway.Init")
  private Conversation conversation;

  @BeforeEach
  void start() throws IOException {
    fake = ModelFake.start();
    fake.script(_ -> Optional.of(Reply.says("Hello yourself.")));
    Environment environment =
        new Environment(Map.of("K", "key-number-one", "LOOP", SECRET), Path.of("/nobody"));
    AgentConfig config = ConfigFile.parse(toml(), Optional.empty(), environment);
    wiring = new Wiring(config, clock, new Random(1));
    shelves = wiring.openShelves();
    shelves.ledger().tell((_, alarm) -> told.add(alarm));
    Journal journal = new Journal(new PrintStream(OutputStream.nullOutputStream()), clock);
    talk =
        new AgentTalk(
            new AgentTalk.World(
                environment,
                wiring::caller,
                new Distribution(home),
                new StatusCommand.Surroundings(2, () -> BurstStatus.OFF, List::of)));
    conversation =
        wiring.conversation(talk, shelves, wiring.intake(shelves), journal).orElseThrow();
    conversation.start();
  }

  private String toml() {
    return """
    agent.home = "%s"
    agent.time_zone = "Europe/Berlin"
    store.disk_reserve = "0B"
    [people]
    members = ["webhook:loop"]
    messages_per_minute = 1000
    [webhooks.loop]
    secrets = ["env:LOOP"]
    [providers.fake]
    kind = "openai"
    base_url = "%s"
    keys = ["env:K"]
    [models.everyday]
    provider = "fake"
    model = "m-1"
    price_input = 1.0
    price_output = 2.0
    price_date = 2026-12-01
    [brakes]
    repeats = %d
    schedule_purchases_per_hour = 8
    """
        .formatted(home, fake.root(), REPEATS);
  }

  @AfterEach
  void stop() throws Exception {
    conversation.close();
    shelves.close();
    wiring.loop().close();
    fake.close();
  }

  private Hook.Answer post(String id, String text) throws Exception {
    byte[] body = ("{\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    long now = clock.instant().getEpochSecond();
    return talk.hooks()
        .getFirst()
        .receive(
            Map.of(
                "webhook-id", id,
                "webhook-timestamp", Long.toString(now),
                "webhook-signature", signature(id, now, body)),
            new ByteArrayInputStream(body));
  }

  private static String signature(String id, long at, byte[] body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    mac.update((id + "." + at + ".").getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
  }

  private void awaitAnswered(int messages) throws InterruptedException {
    while (count("SELECT count(*) FROM messages WHERE state NOT IN ('WAITING', 'OPEN')")
        < messages) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private long count(String sql) {
    return shelves.database().read(tx -> tx.queryOne(sql, row -> row.number(1)).orElse(0L));
  }

  @Test
  void aDuplicatedWebhookIsOneQuestion() throws Exception {
    assertThat(post("msg-1", "Hello!").status()).isEqualTo(202);
    for (int i = 0; i < 20; i++) {
      assertThat(post("msg-1", "Hello!").status()).isEqualTo(200);
    }
    awaitAnswered(1);
    assertThat(count("SELECT count(*) FROM messages")).isEqualTo(1);
    assertThat(fake.asked()).hasSize(1);
    assertThat(shelves.ledger().pauses()).isEmpty();
  }

  @Test
  void theSameWordsUnderNewIdsAreStoppedAndTheOwnersAreTold() throws Exception {
    for (int i = 0; i < 3 * REPEATS; i++) {
      assertThat(post("msg-" + i, "Hello!").status()).isEqualTo(202);
    }
    awaitAnswered(3 * REPEATS);
    assertThat(fake.asked()).hasSize(REPEATS);
    String words =
        "\"ask\" is paused since 2026-12-01 11:00 (Europe/Berlin): it asked the same 5 times since"
            + " 2026-12-01 11:00, and wanted to again. Look what does that, then let it go on:"
            + " 'sandpiper cost resume ask', or /cost resume ask in a chat.";
    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            Alarm.Paused.class, alarm -> assertThat(alarm.refusal().words()).isEqualTo(words));

    assertThat(shelves.ledger().resume("ask")).isTrue();
    assertThat(post("msg-again", "Hello!").status()).isEqualTo(202);
    awaitAnswered(3 * REPEATS + 1);
    assertThat(fake.asked()).hasSize(REPEATS + 1);
  }

  @Test
  void aModelThatAsksForTheSameToolAgainAndAgainIsStopped() throws Exception {
    fake.script(_ -> Optional.of(Reply.calls("list_jobs", "{}")));
    assertThat(post("msg-1", "Which jobs are running?").status()).isEqualTo(202);
    awaitAnswered(1);
    assertThat(fake.asked()).hasSize(3);
    assertThat(told).containsExactly(new Alarm.Looping("ask", "list_jobs"));
    assertThat(count("SELECT count(*) FROM outbox WHERE content LIKE '%went round in circles%'"))
        .isEqualTo(1);
  }

  @Test
  void aScheduleThatFeedsItselfIsStopped() throws Exception {
    Purpose pulse = new Purpose("schedule:pulse", 1L, null, "ask/1");
    try (ModelRouter router = router()) {
      for (int run = 0; run < 8; run++) {
        clock.set(clock.instant().plusSeconds(30));
        assertThat(router.ask(pulse, question(run), ChatListener.NONE).text()).isNotEmpty();
      }
      ModelException refused =
          catchThrowableOfType(
              ModelException.class, () -> router.ask(pulse, question(8), ChatListener.NONE));
      assertThat(refused.kind()).isEqualTo(ModelException.Kind.OVER_BUDGET);
      assertThat(refused)
          .hasMessage(
              "\"schedule:pulse\" is paused since 2026-12-01 11:04 (Europe/Berlin): it bought 8"
                  + " times within an hour, and a schedule may 8 times. Look what does that, then let"
                  + " it go on: 'sandpiper cost resume schedule:pulse', or /cost resume"
                  + " schedule:pulse in a chat.");
      assertThat(fake.asked()).hasSize(8);
      assertThat(told).singleElement().isInstanceOf(Alarm.Paused.class);
      assertThat(router.ask(other(), question(9), ChatListener.NONE).text()).isNotEmpty();
    }
  }

  private static Purpose other() {
    return new Purpose("ask", 1L, null, "ask/1");
  }

  /// A schedule that feeds itself does not say the same twice.
  private static ChatRequest question(int run) {
    return ChatRequest.of(
        "Be short.", "Step " + run + ": what next?", new ChatRequest.Sampling(50, 0.7));
  }

  private ModelRouter router() {
    return new ModelWiring(
            ConfigFile.parse(
                toml(),
                Optional.empty(),
                new Environment(Map.of("K", "key-number-one"), Path.of("/nobody"))),
            new Environment(Map.of("K", "key-number-one"), Path.of("/nobody")),
            wiring::caller,
            clock)
        .findRouter(
            shelves.database(),
            shelves.ledger(),
            Notices.NONE,
            new Random(2),
            new Journal(new PrintStream(OutputStream.nullOutputStream()), clock))
        .orElseThrow();
  }
}
