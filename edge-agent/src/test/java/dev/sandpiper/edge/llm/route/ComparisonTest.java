package dev.sandpiper.edge.llm.route;

import static dev.sandpiper.edge.llm.route.Scripted.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ModelException.Kind;
import dev.sandpiper.edge.llm.Purpose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The hidden second answer.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ComparisonTest {

  private static final String COMPARED =
      """
      [providers.one]
      kind = "ollama"
      [models.a]
      provider = "one"
      model = "a-id"
      price_input = 1
      price_output = 1
      price_cached = 1
      price_cache_write = 1
      price_date = 2026-12-01
      [models.b]
      provider = "one"
      model = "b-id"
      [llm]
      compare = "b"
      compare_share = 1
      """;

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Bench bench;

  @AfterEach
  void close() {
    bench.close();
  }

  private List<String> shadows() {
    return bench.rows(
        "SELECT model || ' ' || outcome || ' ' || prompt || ' of ' || shadow_of FROM model_calls"
            + " WHERE shadow = 1 ORDER BY id");
  }

  private void awaitShadows(int count) {
    while (shadows().size() < count) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void theSecondAnswerIsNeverShown() throws Exception {
    bench = new Bench(folder, COMPARED);
    List<String> heard = new ArrayList<>();
    assertThat(bench.router.ask(Bench.purpose(), Bench.free("q"), heard::add).text())
        .isEqualTo("I am a");
    awaitShadows(1);
    assertThat(shadows()).containsExactly("b ANSWERED check/1 of 1");
    assertThat(String.join("", heard)).isEqualTo("I am a");
    assertThat(new ModelReport(bench.database).comparison())
        .extracting(
            ModelReport.Side::model,
            ModelReport.Side::shadow,
            ModelReport.Side::questions,
            ModelReport.Side::answered,
            ModelReport.Side::outputTokens,
            ModelReport.Side::characters,
            ModelReport.Side::micros)
        .containsExactly(
            tuple("a", false, 1L, 1L, 20L, 6L, 120L), tuple("b", true, 1L, 1L, 20L, 6L, null));
    assertThat(bench.rows("SELECT model || shadow || calls FROM model_days ORDER BY model"))
        .containsExactly("a01", "b11");
  }

  /// It would wait for ever, if anybody waited for it.
  @Test
  void nobodyWaitsForIt() throws Exception {
    bench = new Bench(folder, COMPARED);
    CountDownLatch stuck = new CountDownLatch(1);
    Scripted.Step hangs =
        (_, _) -> {
          stuck.await();
          return Scripted.answer("late", "b-id");
        };
    bench.models.next("b", hangs, hangs, hangs);
    for (int i = 0; i < 5; i++) {
      assertThat(bench.ask().text()).isEqualTo("I am a");
    }
    long hidden = bench.models.questions().stream().filter(q -> q.model().equals("b")).count();
    assertThat(hidden).as("two at once, the others dropped").isLessThanOrEqualTo(2);
    bench.restart();
    awaitShadows((int) hidden);
    assertThat(shadows()).allMatch(row -> row.startsWith("b CANCELLED"));
    assertThat(bench.models.questions().stream().filter(q -> q.model().equals("b")).count())
        .as("never again after a restart")
        .isLessThanOrEqualTo(2);
  }

  @Test
  void aSecondAnswerThatFailsIsOnlyWrittenDown() throws Exception {
    bench = new Bench(folder, COMPARED);
    bench.models.next("b", fails(Kind.SERVER));
    assertThat(bench.ask().text()).isEqualTo("I am a");
    awaitShadows(1);
    assertThat(shadows()).containsExactly("b SERVER check/1 of 1");
  }

  @Test
  void theShareIsChosenByTheSeed() throws Exception {
    bench = new Bench(folder, COMPARED.replace("compare_share = 1", "compare_share = 0.25"));
    int compared = 0;
    Random same = new Random(7);
    same.nextBytes(new byte[16]); // the salt
    for (int i = 0; i < 20; i++) {
      bench.ask();
      compared += same.nextDouble() < 0.25 ? 1 : 0;
      awaitShadows(compared);
    }
    assertThat(compared).isBetween(1, 19);
    assertThat(shadows()).hasSize(compared);
  }

  @Test
  void nothingIsComparedWithItself() throws Exception {
    bench = new Bench(folder, COMPARED.replace("compare = \"b\"", "compare = \"a\""));
    bench.ask();
    bench.router.close();
    assertThat(bench.models.order()).isEqualTo("a");
  }

  @Test
  void anotherVersionOfThePromptIsCompared() throws Exception {
    Files.createDirectories(folder.resolve("prompts/check"));
    Files.writeString(folder.resolve("prompts/check/2.md"), "Say yes.");
    bench = new Bench(folder, COMPARED.replace("compare = \"b\"", "compare_prompt = \"check/2\""));
    String words =
        "This is a test of the connection. Answer with the one word \"ready\" and nothing else.";
    bench.router.ask(
        Bench.purpose(),
        ChatRequest.of(words, "q", new ChatRequest.Sampling(9, 1.0)),
        ChatListener.NONE);
    awaitShadows(1);
    assertThat(shadows()).containsExactly("a ANSWERED check/2 of 1");
    assertThat(bench.models.questions().getLast().request().system()).isEqualTo("Say yes.");
    bench.router.ask(new Purpose("ask", null, null, "other/1"), Bench.free("q"), ChatListener.NONE);
    bench.ask("not made of the prompt");
    bench.router.close();
    assertThat(shadows()).hasSize(1);
  }
}
