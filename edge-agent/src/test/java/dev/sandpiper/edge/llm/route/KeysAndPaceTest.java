package dev.sandpiper.edge.llm.route;

import static dev.sandpiper.edge.llm.route.Scripted.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.ModelException.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which key is used, and how much a provider is given.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KeysAndPaceTest {

  private static final String TWO_KEYS =
      """
      [providers.one]
      kind = "openai"
      keys = ["env:K1", "env:K2"]
      [models.a]
      provider = "one"
      model = "a-id"
      """;

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder, TWO_KEYS);
    bench.secrets.put("K1", "first-secret");
    bench.secrets.put("K2", "second-secret");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private List<String> keys() {
    return bench.models.questions().stream().map(Scripted.Question::key).toList();
  }

  @Test
  void theKeyThatWasRefusedLongestAgoIsUsed() throws Exception {
    bench.ask();
    bench.models.next("a", fails(Kind.RATE_LIMITED, Duration.ofSeconds(30)));
    bench.ask();
    bench.ask();
    assertThat(keys())
        .containsExactly("first-secret", "first-secret", "second-secret", "second-secret");
    bench.advance(Duration.ofSeconds(31));
    bench.ask();
    assertThat(keys()).as("both may be used again").endsWith("second-secret");
    bench.models.next("a", fails(Kind.RATE_LIMITED, Duration.ofSeconds(30)));
    bench.ask();
    assertThat(keys()).endsWith("second-secret", "first-secret");
  }

  @Test
  void aRefusedKeyIsRetiredAndTheOwnerIsToldOnce() throws Exception {
    bench.models.next("a", fails(Kind.UNAUTHORIZED));
    assertThat(bench.ask().text()).isEqualTo("I am a");
    assertThat(bench.told)
        .containsExactly(
            "one no longer accepts the key in the environment variable K1. It is not used until"
                + " another key stands there.");
    bench.restart();
    bench.ask();
    assertThat(keys()).containsExactly("first-secret", "second-secret", "second-secret");
    assertThat(bench.told).hasSize(1);
    assertThat(bench.router.list().getFirst().state()).isEqualTo("1 of its keys not accepted");
  }

  @Test
  void anotherKeyInItsPlaceIsUsedAtOnce() throws Exception {
    bench.models.next("a", fails(Kind.UNAUTHORIZED), fails(Kind.UNAUTHORIZED));
    ModelException e = catchThrowableOfType(ModelException.class, () -> bench.ask());
    assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED);
    assertThat(bench.told).hasSize(2);
    e = catchThrowableOfType(ModelException.class, () -> bench.ask());
    assertThat(e)
        .hasMessage(
            "one no longer accepts any of its keys. Put a new one where providers.one.keys points.");
    assertThat(bench.models.questions()).hasSize(2);
    bench.secrets.put("K1", "third-secret");
    assertThat(bench.ask().text()).isEqualTo("I am a");
    assertThat(keys()).endsWith("third-secret");
  }

  @Test
  void noKeyIsEverWrittenDown() throws Exception {
    bench.models.next("a", fails(Kind.UNAUTHORIZED), fails(Kind.RATE_LIMITED));
    assertThat(catchThrowableOfType(ModelException.class, () -> bench.ask())).isNotNull();
    assertThat(bench.rows("SELECT hash FROM model_keys"))
        .as("a plain hash could be looked up")
        .hasSize(2)
        .doesNotContain(
            ModelMemory.hash("", "first-secret"), ModelMemory.hash("", "second-secret"));
    bench.restart();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as("%s", file)
            .doesNotContain("first-secret", "second-secret");
      }
    }
    assertThat(bench.journal.toString(StandardCharsets.UTF_8)).doesNotContain("-secret");
  }

  /// Two questions are under way with a key when it turns out to be useless.
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"UNAUTHORIZED", "NO_CREDIT"})
  void theOwnerIsToldOnceThoughTwoQuestionsFindOut(Kind kind) throws Exception {
    bench.models.next(
        "a",
        (request, listener) -> {
          bench.models.next("a", fails(kind));
          bench.ask();
          return fails(kind).ask(request, listener);
        });
    bench.ask();
    assertThat(keys())
        .containsExactly("first-secret", "first-secret", "second-secret", "second-secret");
    assertThat(bench.told).hasSize(1);
  }

  @Test
  void aKeyThatIsNotThereDoesNotKeepTheOtherFromBeingUsed() throws Exception {
    bench.secrets.remove("K1");
    assertThat(bench.ask().text()).isEqualTo("I am a");
    assertThat(keys()).containsExactly("second-secret");
    bench.secrets.remove("K2");
    assertThat(catchThrowableOfType(ModelException.class, () -> bench.ask()))
        .hasMessage(
            "There is no key for one: the environment variable K2 is not set; set it, or change the"
                + " reference");
  }

  @Test
  void theProvidersWaitIsHonouredOverARestart() {
    bench.secrets.put("K2", "first-secret");
    bench.models.next("a", fails(Kind.RATE_LIMITED, Duration.ofMinutes(40)));
    assertThat(catchThrowableOfType(ModelException.class, () -> bench.ask())).isNotNull();
    bench.restart();
    bench.advance(Duration.ofMinutes(10));
    ModelException e = catchThrowableOfType(ModelException.class, () -> bench.ask());
    assertThat(e)
        .hasMessage(
            "one takes no more requests at the moment. Try again in 1800 s, or use another model.");
    assertThat(e.kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(e.retryAfter()).isEqualTo(Duration.ofMinutes(30));
    assertThat(bench.models.questions()).hasSize(1);
    assertThat(bench.router.list().getFirst().state()).startsWith("waits until ");
    bench.advance(Duration.ofMinutes(31));
    assertThat(bench.router.list().getFirst().state()).isEqualTo("ready");
  }

  @Test
  void aKeyRestsForADayAtMost() {
    bench.secrets.put("K2", "first-secret");
    bench.models.next("a", fails(Kind.RATE_LIMITED, Duration.ofDays(3)));
    assertThat(catchThrowableOfType(ModelException.class, () -> bench.ask())).isNotNull();
    assertThat(catchThrowableOfType(ModelException.class, () -> bench.ask()).retryAfter())
        .isEqualTo(Duration.ofDays(1));
  }

  @Test
  void aQuestionTriesEachKeyOnce() {
    for (int i = 0; i < 5; i++) {
      bench.models.next("a", fails(Kind.RATE_LIMITED, Duration.ZERO));
    }
    assertThat(catchThrowableOfType(ModelException.class, () -> bench.ask())).isNotNull();
    assertThat(keys()).containsExactly("first-secret", "second-secret");
  }

  @Test
  void aShortWaitIsWaitedWhenNobodyStandsIn() throws Exception {
    bench.secrets.put("K2", "first-secret");
    bench.models.next("a", fails(Kind.RATE_LIMITED, Duration.ofSeconds(30)));
    assertThat(catchThrowableOfType(ModelException.class, () -> bench.ask())).isNotNull();
    assertThat(bench.ask().text()).isEqualTo("I am a");
    assertThat(bench.pauses).containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void anEmptyAccountRestsAndTheOwnerIsToldOnce() throws Exception {
    bench.models.next("a", fails(Kind.NO_CREDIT));
    bench.ask();
    bench.ask();
    assertThat(keys()).containsExactly("first-secret", "second-secret", "second-secret");
    assertThat(bench.told)
        .containsExactly(
            "The account of one, the key in the environment variable K1, has no credit left. It is"
                + " tried again in an hour.");
  }

  @Test
  void requestsWaitForTheirMinute() throws Exception {
    bench.restart(TWO_KEYS.replace("[models.a]", "rpm = 2\n[models.a]"));
    for (int i = 0; i < 4; i++) {
      bench.ask();
    }
    assertThat(bench.pauses).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(30));
  }

  /// The answer's real tokens count in the end, not the most it might have had.
  @Test
  void tokensWaitForTheirMinute() throws Exception {
    bench.restart(TWO_KEYS.replace("[models.a]", "tpm = 240\n[models.a]"));
    bench.ask();
    bench.ask();
    assertThat(bench.pauses).isEmpty();
    bench.ask();
    assertThat(bench.pauses).singleElement().satisfies(wait -> assertThat(wait).isPositive());
  }

  @Test
  void aStandInIsAskedRatherThanWaitedFor() throws Exception {
    bench.restart(
        TWO_KEYS.replace("[models.a]", "rpm = 1\nconcurrency = 1\n[models.a]")
            + """
            [providers.two]
            kind = "ollama"
            [models.b]
            provider = "two"
            model = "b-id"
            [llm]
            fallback = ["b"]
            """);
    bench.ask();
    bench.ask();
    assertThat(bench.models.order()).isEqualTo("a b");
    assertThat(bench.pauses).isEmpty();
    bench.advance(Duration.ofMinutes(1));
    assertThat(bench.ask().text()).as("its place was given back").isEqualTo("I am a");
  }

  @Test
  void whatWouldTakeLongerThanItsTimeIsToldSo() throws Exception {
    bench.restart(TWO_KEYS.replace("[models.a]", "rpm = 1\ntotal_timeout = \"20s\"\n[models.a]"));
    bench.ask();
    ModelException e = catchThrowableOfType(ModelException.class, () -> bench.ask());
    assertThat(e)
        .hasMessage("one has been given what providers.one.rpm and tpm allow. Try again in 60 s.");
    assertThat(e.retryAfter()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aClockThatWasSetBackHoldsNothingUp() throws Exception {
    bench.models.next("a", fails(Kind.RATE_LIMITED, Duration.ofDays(300)));
    bench.secrets.put("K2", "first-secret");
    assertThat(catchThrowableOfType(ModelException.class, () -> bench.ask())).isNotNull();
    bench.advance(Duration.ofDays(-30));
    assertThat(bench.ask().text()).isEqualTo("I am a");
  }
}
