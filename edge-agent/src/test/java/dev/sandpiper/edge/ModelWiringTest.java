package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.ConfigFile;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.fake.model.ModelFake;
import dev.sandpiper.edge.fake.model.Reply;
import dev.sandpiper.edge.fake.model.Reply.Mishap;
import dev.sandpiper.edge.fake.model.Reply.Trouble;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.Ledgers;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Purpose;
import dev.sandpiper.edge.llm.route.ModelRouter;
import dev.sandpiper.edge.llm.route.Notices;
import dev.sandpiper.edge.net.Loop;
import dev.sandpiper.edge.net.NettyCaller;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The router over real adapters, real sockets and the stand-in of the providers.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ModelWiringTest {

  private static final Purpose PURPOSE = new Purpose("ask", null, null, "check/1");
  private static final ChatRequest QUESTION =
      ChatRequest.of("Be short.", "What is it?", new ChatRequest.Sampling(100, 0.5));

  @TempDir Path home;
  private final Loop loop = new Loop();
  private final List<String> told = new ArrayList<>();
  private final Environment environment =
      new Environment(Map.of("K1", "key-number-one", "K2", "key-number-two"), Path.of("/nobody"));

  @SuppressWarnings("NullAway.Init")
  private ModelFake fake;

  @SuppressWarnings("NullAway.Init")
  private Database database;

  @BeforeEach
  void start() throws IOException {
    fake = ModelFake.start();
    database = Database.open(home.resolve("sandpiper.db"), DatabaseOptions.defaults());
  }

  @AfterEach
  void stop() throws IOException {
    loop.close();
    fake.close();
    database.close();
  }

  private AgentConfig config() {
    return ConfigFile.parse(
        """
        agent.home = "%s"
        [llm]
        fallback = ["claude", "gemini", "home"]
        embedding = "vectors"
        [providers.groq]
        kind = "openai"
        base_url = "%s"
        keys = ["env:K1", "env:K2"]
        [providers.anthropic]
        kind = "anthropic"
        base_url = "%2$s"
        keys = ["env:K2"]
        [providers.google]
        kind = "gemini"
        base_url = "%2$s"
        keys = ["env:K2"]
        [providers.ollama]
        kind = "ollama"
        base_url = "%2$s"
        [models.fast]
        provider = "groq"
        model = "llama"
        [models.claude]
        provider = "anthropic"
        model = "claude-x"
        [models.gemini]
        provider = "google"
        model = "gemini-x"
        [models.home]
        provider = "ollama"
        model = "qwen3:4b"
        [models.vectors]
        provider = "groq"
        model = "embed-1"
        """
            .formatted(home, fake.root()),
        Optional.empty(),
        environment);
  }

  private ModelWiring wiring() {
    NettyCaller caller = new NettyCaller(loop, "Sandpiper/test");
    return new ModelWiring(config(), environment, () -> caller, InstantSource.system());
  }

  private ModelRouter router() {
    return wiring()
        .findRouter(
            database,
            Ledgers.free(database, InstantSource.system()),
            (_, notice) -> told.add(notice.words()),
            new Random(1),
            new Journal(
                new PrintStream(System.err, true, StandardCharsets.UTF_8), InstantSource.system()))
        .orElseThrow();
  }

  private List<String> outcomes() {
    return database.read(tx ->
        tx.query(
            "SELECT model || ' ' || outcome || ' ' || complete FROM model_calls ORDER BY id",
            row -> row.text(1)));
  }

  @Test
  void everyProviderStandsInForTheOneBefore() throws Exception {
    fake.next(
        Reply.fails(Trouble.OVERLOADED),
        Reply.fails(Trouble.SERVER),
        Reply.fails(Trouble.RATE_LIMIT, Duration.ofSeconds(90)),
        Reply.says("It is a bird."));
    try (ModelRouter router = router()) {
      ChatAnswer answer = router.ask(PURPOSE, QUESTION, ChatListener.NONE);
      assertThat(answer.text()).isEqualTo("It is a bird.");
      assertThat(answer.usage().complete()).isTrue();
      assertThat(outcomes())
          .hasSize(4)
          .satisfiesExactly(
              first -> assertThat(first).startsWith("fast "),
              second -> assertThat(second).startsWith("claude SERVER"),
              third -> assertThat(third).startsWith("gemini RATE_LIMITED"),
              fourth -> assertThat(fourth).isEqualTo("home ANSWERED 1"));
    }
    assertThat(fake.problems()).isEmpty();
  }

  @Test
  void aKeyThatTheProviderRefusesIsRetired() throws Exception {
    fake.rejectKey("key-number-one").always(Reply.says("yes"));
    try (ModelRouter router = router()) {
      assertThat(router.ask(PURPOSE, QUESTION, ChatListener.NONE).text()).isEqualTo("yes");
      assertThat(router.ask(PURPOSE, QUESTION, ChatListener.NONE).text()).isEqualTo("yes");
    }
    assertThat(outcomes())
        .containsExactly("fast UNAUTHORIZED 1", "fast ANSWERED 1", "fast ANSWERED 1");
    assertThat(told).hasSize(1);
    assertThat(told.getFirst()).contains("environment variable K1").doesNotContain("key-number");
  }

  @Test
  void anAnswerThatBreaksOffIsMadeAnew() throws Exception {
    fake.next(
        new Reply.Spoilt(Reply.says("It is certainly something with wings."), Mishap.RESET),
        Reply.says("A bird."));
    StringBuilder seen = new StringBuilder();
    try (ModelRouter router = router()) {
      ChatAnswer answer =
          router.ask(
              PURPOSE,
              QUESTION,
              new ChatListener() {
                @Override
                public void text(String more) {
                  seen.append(more);
                }

                @Override
                public void restart() {
                  seen.setLength(0);
                }
              });
      assertThat(answer.text()).isEqualTo("A bird.");
    }
    assertThat(seen).hasToString("A bird.");
  }

  @Test
  void vectorsComeFromTheirOwnModel() throws Exception {
    try (ModelRouter router = router()) {
      assertThat(router.findEmbedding().orElseThrow().embed(List.of("a", "b")).vectors())
          .hasSize(2);
    }
    assertThat(outcomes()).singleElement().asString().startsWith("vectors ANSWERED");
  }

  @Test
  void aStormIsAnsweredOrToldAndEveryCallWrittenDown() throws Exception {
    fake.storm(11, 0.5);
    int answered = 0;
    try (ModelRouter router = router()) {
      for (int i = 0; i < 40; i++) {
        try {
          answered += router.ask(PURPOSE, QUESTION, ChatListener.NONE).text().isEmpty() ? 0 : 1;
        } catch (ModelException e) {
          assertThat(e).hasMessageNotContaining("key-number");
        }
      }
    }
    assertThat(answered).isPositive();
    assertThat(outcomes())
        .hasSizeGreaterThanOrEqualTo(answered)
        .noneMatch(row -> row.contains("DEFECT"));
  }

  @Test
  void everyModelIsAskedWithEveryKey() throws Exception {
    fake.rejectKey("key-number-one").unknown("gemini-x").always(Reply.says("ready"));
    List<CheckResult> findings = ModelWiring.check(config(), environment, InstantSource.system());
    assertThat(findings)
        .extracting(finding -> finding.name() + " " + finding.status())
        .containsExactly(
            "fast, the key in the environment variable K1 FAIL",
            "fast, the key in the environment variable K2 OK",
            "claude OK",
            "gemini FAIL",
            "home OK",
            "vectors OK");
    assertThat(findings.get(1).detail())
        .matches(
            "llama answers; first word after [\\d.]+ s, [\\d.]+ s in all, \\d+ tokens in, \\d+ out");
    assertThat(findings.get(0).fix())
        .matches(
            "127.0.0.1:\\d+ does not accept the key for llama \\(HTTP 401\\). Check the key of this"
                + " provider and what it may use.");
  }

  @Test
  void withoutModelsNothingIsMade() {
    AgentConfig none = ConfigFile.parse("", Optional.empty(), environment);
    ModelWiring wiring =
        new ModelWiring(
            none,
            environment,
            () -> {
              throw new AssertionError("nobody needs it");
            },
            InstantSource.system());
    assertThat(
            wiring.findRouter(
                database,
                Ledgers.free(database, InstantSource.system()),
                Notices.NONE,
                new Random(1),
                new Journal(System.err, InstantSource.system())))
        .isEmpty();
  }
}
