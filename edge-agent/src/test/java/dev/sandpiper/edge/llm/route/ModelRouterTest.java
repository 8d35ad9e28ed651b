package dev.sandpiper.edge.llm.route;

import static dev.sandpiper.edge.llm.route.Scripted.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sandpiper.edge.circuit.Circuit;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.ModelException.Kind;
import dev.sandpiper.edge.llm.Purpose;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is asked, and who stands in.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ModelRouterTest {

  static final String THREE =
      """
      [llm]
      fallback = ["b", "c"]
      [providers.one]
      kind = "ollama"
      [providers.two]
      kind = "ollama"
      [models.a]
      provider = "one"
      model = "a-id"
      context = 10000
      [models.b]
      provider = "two"
      model = "b-id"
      context = 10000
      [models.c]
      provider = "two"
      model = "c-id"
      context = 20000
      """;

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Bench bench;

  private Bench open(String toml) {
    bench = new Bench(folder, toml);
    return bench;
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theFirstModelIsTheDefault() throws Exception {
    open(THREE);
    assertThat(bench.ask().text()).isEqualTo("I am a");
    assertThat(bench.router.any()).isTrue();
    assertThat(bench.router.findEmbedding()).isEmpty();
  }

  @Test
  void aWorkflowHasItsModelAndAPersonMayWishForOne() throws Exception {
    open(THREE.replace("[llm]", "[llm]\ndefault = \"b\"\nsummary = \"c\""));
    assertThat(bench.ask().text()).isEqualTo("I am b");
    Purpose summary = new Purpose("summary", null, null, "check/1");
    assertThat(bench.router.ask(summary, Bench.free("x"), ChatListener.NONE).text())
        .isEqualTo("I am c");
    Purpose wish = new Purpose("summary", null, "a", "check/1");
    assertThat(bench.router.ask(wish, Bench.free("x"), ChatListener.NONE).text())
        .isEqualTo("I am a");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {
        "UNREACHABLE",
        "TIMEOUT",
        "SERVER",
        "RATE_LIMITED",
        "NO_CREDIT",
        "UNAUTHORIZED",
        "UNKNOWN_MODEL"
      })
  void aStandInAnswersForWhatTheOneCannotHelp(Kind kind) throws Exception {
    open(THREE);
    bench.models.next("a", fails(kind));
    assertThat(bench.ask().text()).isEqualTo("I am b");
    assertThat(bench.models.order()).isEqualTo("a b");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"BAD_REQUEST", "FORBIDDEN"})
  void whatOneDoesNotAcceptIsNotOfferedToOthers(Kind kind) {
    open(THREE);
    bench.models.next("a", fails(kind));
    ModelException e = catchThrowableOfType(ModelException.class, () -> bench.ask());
    assertThat(e.kind()).isEqualTo(kind);
    assertThat(bench.models.order()).isEqualTo("a");
  }

  @Test
  void whatIsTooLongGoesToAModelThatTakesMore() throws Exception {
    open(THREE);
    bench.models.next("a", fails(Kind.TOO_LONG));
    assertThat(bench.ask().text()).isEqualTo("I am c");
    assertThat(bench.models.order()).isEqualTo("a c");
  }

  @Test
  void whatIsSurelyTooLongIsNotEvenSent() throws Exception {
    open(THREE);
    assertThat(bench.ask("word ".repeat(9_000)).text()).isEqualTo("I am c");
    assertThat(bench.models.order()).isEqualTo("c");
    assertThatThrownBy(() -> bench.ask("word ".repeat(20_000)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(
            "The question has about 25,004 tokens, and a takes 10,000. Ask about less, or use a"
                + " model that takes more. The stand-in failed, too: ");
  }

  @Test
  void whenNoneAnswersTheQuestionMayBeAskedAgain() {
    open(THREE);
    bench.models.next("a", fails(Kind.UNAUTHORIZED));
    bench.models.next("b", fails(Kind.SERVER));
    bench.models.next("c", fails(Kind.UNKNOWN_MODEL));
    ModelException e = catchThrowableOfType(ModelException.class, () -> bench.ask());
    assertThat(e.kind()).isEqualTo(Kind.SERVER);
    assertThat(e)
        .hasMessage(
            "UNAUTHORIZED. The stand-in failed, too: SERVER. The stand-in failed, too:"
                + " UNKNOWN_MODEL.");
    assertThat(e.usage().input()).isEqualTo(21);
  }

  @Test
  void aModelThatIsNotThereIsNamedWithTheNearest() {
    open(THREE.replace("[models.c]", "[models.clever]").replace("\"c\"", "\"clever\""));
    Purpose purpose = new Purpose("ask", null, "cleverer", "check/1");
    assertThatThrownBy(() -> bench.router.ask(purpose, Bench.free("x"), ChatListener.NONE))
        .hasMessage("There is no model \"cleverer\"; did you mean \"clever\"?");
  }

  /// What a person has seen of an answer that broke off must not stand before another's.
  @Test
  void theWordsOfAnAnswerThatBrokeOffAreTakenBack() throws Exception {
    open(THREE);
    bench.models.next(
        "a",
        (_, listener) -> {
          listener.text("Half an ");
          throw new ModelException(Kind.SERVER, "cut", null);
        });
    List<String> heard = new ArrayList<>();
    ChatListener[] late = new ChatListener[1];
    bench.models.next(
        "b",
        (_, listener) -> {
          late[0] = listener;
          listener.text("whole");
          return Scripted.answer("whole", "b-id");
        });
    bench.router.ask(
        Bench.purpose(),
        Bench.free("x"),
        new ChatListener() {
          @Override
          public void text(String more) {
            heard.add(more);
          }

          @Override
          public void restart() {
            heard.add("<restart>");
          }
        });
    late[0].text("too late");
    assertThat(heard).containsExactly("Half an ", "<restart>", "whole");
  }

  @Test
  void aModelThatFailsRestsAlsoOverARestart() throws Exception {
    open(THREE);
    for (int i = 0; i < Circuit.MOST_REFUSALS; i++) {
      bench.models.next("a", fails(Kind.UNREACHABLE));
      bench.ask();
    }
    assertThat(bench.models.order()).isEqualTo("a b a b a b");
    bench.ask();
    assertThat(bench.models.order()).isEqualTo("a b a b a b b");
    bench.restart();
    bench.ask();
    assertThat(bench.models.order()).isEqualTo("a b a b a b b b");
    assertThat(bench.router.list().getFirst().state())
        .startsWith("resting until ")
        .endsWith(": UNREACHABLE.");
    assertThat(bench.router.list().get(1).state()).isEqualTo("ready");
    bench.advance(Circuit.FIRST_REST);
    bench.models.next("a", fails(Kind.SERVER));
    bench.ask();
    assertThat(bench.models.order()).as("one tries it").endsWith(" a b");
    bench.advance(Circuit.FIRST_REST.multipliedBy(2));
    assertThat(bench.ask().text()).isEqualTo("I am a");
    bench.restart();
    assertThat(bench.ask().text()).isEqualTo("I am a");
    assertThat(bench.router.list()).allMatch(info -> info.state().equals("ready"));
  }

  /// A trial that said nothing of the model leaves the next one to whoever comes.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTrialThatCameToNothingIsNotTheLast(boolean cancelled) throws Exception {
    open(THREE);
    for (int i = 0; i < Circuit.MOST_REFUSALS; i++) {
      bench.models.next("a", fails(Kind.SERVER));
      bench.ask();
    }
    bench.advance(Circuit.FIRST_REST);
    if (cancelled) {
      bench.models.next(
          "a",
          (_, _) -> {
            throw new InterruptedException("cancelled");
          });
      assertThatThrownBy(() -> bench.ask()).isInstanceOf(InterruptedException.class);
    } else {
      bench.models.next("a", fails(Kind.RATE_LIMITED, Duration.ofMillis(1)));
      bench.ask();
      bench.advance(Duration.ofMillis(2));
    }
    assertThat(bench.ask().text()).isEqualTo("I am a");
  }

  @Test
  void whileAllRestTheQuestionIsToldWhenToComeBack() {
    open(THREE.replace("fallback = [\"b\", \"c\"]", ""));
    for (int i = 0; i < Circuit.MOST_REFUSALS; i++) {
      bench.models.next("a", fails(Kind.TIMEOUT));
      assertThatThrownBy(() -> bench.ask()).hasMessage("TIMEOUT.");
    }
    ModelException e = catchThrowableOfType(ModelException.class, () -> bench.ask());
    assertThat(e).hasMessage("a is left alone for 5 s, for it failed several times: TIMEOUT.");
    assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(e.retryAfter()).isEqualTo(Circuit.FIRST_REST);
    assertThat(e.wasAsked()).isFalse();
  }

  @Test
  void whenOneWasAskedTheQuestionHasFailed() throws Exception {
    open(THREE.replace("fallback = [\"b\", \"c\"]", "fallback = [\"b\"]"));
    for (int i = 0; i < Circuit.MOST_REFUSALS; i++) {
      bench.models.next("a", fails(Kind.SERVER));
      bench.ask();
    }
    bench.models.next("b", fails(Kind.SERVER));
    ModelException e = catchThrowableOfType(ModelException.class, () -> bench.ask());
    assertThat(e).hasMessageStartingWith("a is left alone for 5 s, ");
    assertThat(e.wasAsked()).isTrue();
  }

  @Test
  void whoComesWhileAModelIsTriedComesBackSoon() throws Exception {
    open(THREE.replace("fallback = [\"b\", \"c\"]", ""));
    for (int i = 0; i < Circuit.MOST_REFUSALS; i++) {
      bench.models.next("a", fails(Kind.SERVER));
      assertThatThrownBy(() -> bench.ask()).hasMessage("SERVER.");
    }
    bench.advance(Circuit.FIRST_REST);
    ModelException[] meanwhile = new ModelException[1];
    bench.models.next(
        "a",
        (_, _) -> {
          meanwhile[0] = catchThrowableOfType(ModelException.class, () -> bench.ask());
          return Scripted.answer("It works.", "a-id");
        });
    assertThat(bench.ask().text()).isEqualTo("It works.");
    assertThat(meanwhile[0].retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(meanwhile[0].wasAsked()).isFalse();
  }

  @Test
  void aQuestionThatIsTooLongDoesNotMakeAModelRest() throws Exception {
    open(THREE);
    for (int i = 0; i < 2 * Circuit.MOST_REFUSALS; i++) {
      bench.models.next("a", fails(Kind.TOO_LONG));
      assertThat(bench.ask().text()).isEqualTo("I am c");
    }
    assertThat(bench.ask().text()).isEqualTo("I am a");
  }

  @Test
  void tooManyQuestionsDoNotMakeAModelRest() throws Exception {
    open(THREE);
    for (int i = 0; i < 2 * Circuit.MOST_REFUSALS; i++) {
      bench.models.next("a", fails(Kind.RATE_LIMITED, Duration.ofMillis(1)));
      assertThat(bench.ask().text()).isEqualTo("I am b");
      bench.advance(Duration.ofMillis(2));
    }
    assertThat(bench.ask().text()).isEqualTo("I am a");
  }

  @Test
  void theSectionBoundsAndFillsInWhatIsAsked() throws Exception {
    open(THREE.replace("model = \"a-id\"", "model = \"a-id\"\nmax_tokens = 40\ntemperature = 0.3"));
    bench.router.ask(
        Bench.purpose(),
        ChatRequest.of("", "x", new ChatRequest.Sampling(99, null)),
        ChatListener.NONE);
    assertThat(bench.models.questions().getFirst().request().sampling())
        .isEqualTo(new ChatRequest.Sampling(40, 0.3));
  }
}
