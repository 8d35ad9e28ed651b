package dev.sandpiper.edge.llm.route;

import static dev.sandpiper.edge.llm.route.Scripted.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.ModelException.Kind;
import dev.sandpiper.edge.llm.Purpose;
import dev.sandpiper.edge.llm.ToolSpec;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.llm.prompts.Prompt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is written down, and what is answered from memory.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CallLogTest {

  private static final String ONE =
      """
      [providers.one]
      kind = "ollama"
      [models.a]
      provider = "one"
      model = "a-id"
      price_input = 3
      price_output = 15
      price_cached = 0.3
      price_cache_write = 3.75
      price_date = 2026-12-01
      [models.vectors]
      provider = "one"
      model = "v-id"
      [llm]
      embedding = "vectors"
      """;

  private static final String ROW =
      "SELECT at || ' ' || workflow || ' ' || coalesce(person, '-') || ' ' || model || ' ' ||"
          + " provider || ' ' || answered_as || ' ' || prompt || ' ' || prompt_hash || ' ' ||"
          + " outcome || ' in ' || input || ' ' || cached_input || ' ' || cache_writes || ' out ' ||"
          + " output || ' ' || reasoning || ' ' || complete || ' $ ' || coalesce(micros, 'null') ||"
          + " ' ms ' || coalesce(first_millis, 'null') || ' ' || total_millis || ' ' ||"
          + " characters || ' cached ' || cached || ' shadow ' || shadow"
          + " FROM model_calls ORDER BY id";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder, ONE);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static String begin(String outcome, String id) {
    return Bench.START.toEpochMilli()
        + " ask 5 a one "
        + id
        + " check/1 "
        + checkHash()
        + " "
        + outcome;
  }

  private static String checkHash() {
    return Prompt.hash(
        "This is a test of the connection. Answer with the one word \"ready\" and nothing else.");
  }

  @Test
  void anAnswerIsWrittenDownToTheToken() throws Exception {
    bench.models.next(
        "a",
        (_, listener) -> {
          bench.advance(Duration.ofMillis(300));
          listener.text("hi");
          bench.advance(Duration.ofMillis(700));
          return Scripted.answer("hi", "a-id-0815");
        });
    bench.ask();
    // (100 - 40 - 10) * 3 + 40 * 0.3 + 10 * 3.75 + 20 * 15 = 499.5
    assertThat(bench.rows(ROW))
        .containsExactly(
            begin("ANSWERED", "a-id-0815")
                + " in 100 40 10 out 20 5 1 $ 500 ms 300 1000 2 cached 0 shadow 0");
  }

  @Test
  void anUnknownPriceIsNotZero() throws Exception {
    bench.restart(ONE.replace("price_cached = 0.3\n", ""));
    bench.ask();
    bench.models.next("a", (_, _) -> plain(new Usage(10, 0, 0, 1, 0, true)));
    bench.ask();
    assertThat(bench.rows("SELECT micros FROM model_calls ORDER BY id"))
        .containsExactly("null", "45");
    assertThat(bench.rows("SELECT micros || ' ' || unpriced || ' ' || calls FROM model_days"))
        .containsExactly("45 1 2");
  }

  private static ChatAnswer plain(Usage usage) {
    return new ChatAnswer("x", List.of(), ChatAnswer.Stop.END, usage, "a-id");
  }

  @Test
  void aFailureIsWrittenDownWithWhatItTook() {
    bench.models.next("a", fails(Kind.SERVER));
    assertThat(catchThrowableOfType(ModelException.class, () -> bench.ask())).isNotNull();
    assertThat(bench.rows(ROW))
        .containsExactly(
            begin("SERVER", "a-id") + " in 7 0 0 out 3 0 0 $ 66 ms null 0 0 cached 0 shadow 0");
  }

  @Test
  void aMistakeOfOurOwnIsWrittenDown() {
    bench.models.next(
        "a",
        (_, _) -> {
          throw new IllegalStateException("oops");
        });
    assertThat(catchThrowableOfType(IllegalStateException.class, () -> bench.ask())).isNotNull();
    assertThat(bench.rows("SELECT outcome || ' ' || complete FROM model_calls"))
        .containsExactly("DEFECT 0");
    assertThat(bench.router.list().getFirst().state()).isEqualTo("ready");
  }

  @Test
  void whatWasCancelledIsWrittenDownWithWhatWasHeard() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    bench.models.next(
        "a",
        (_, listener) -> {
          listener.text("eight ch");
          begun.countDown();
          new CountDownLatch(1).await();
          return plain(Usage.NONE);
        });
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                bench.ask("four and twenty letters.");
              } catch (Exception e) {
                end.set(e);
              }
            });
    begun.await();
    asking.interrupt();
    asking.join();
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    assertThat(bench.rows(ROW))
        .containsExactly(
            begin("CANCELLED", "a-id") + " in 10 0 0 out 2 0 0 $ 60 ms 0 0 8 cached 0 shadow 0");
  }

  @Test
  void vectorsAreWrittenDown() throws Exception {
    assertThat(bench.router.findEmbedding().orElseThrow().name()).isEqualTo("one/v-id");
    bench.router.findEmbedding().orElseThrow().embed(List.of("a", "b"));
    assertThat(
            bench.rows(
                "SELECT workflow || ' ' || model || ' ' || outcome || ' ' || input || ' ' ||"
                    + " coalesce(micros, 'null') FROM model_calls"))
        .containsExactly("embed vectors ANSWERED 9 null");
  }

  @Test
  void theSameSteadyQuestionIsAnsweredFromTheCacheAlsoAfterARestart() throws Exception {
    ChatAnswer first = steady("q");
    bench.restart();
    ChatAnswer second = steady("q");
    assertThat(bench.models.order()).isEqualTo("a");
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.model()).isEqualTo(first.model());
    assertThat(second.usage()).isEqualTo(Usage.NONE);
    assertThat(bench.rows(ROW))
        .last()
        .isEqualTo(
            begin("ANSWERED", "a-id-0815") + " in 0 0 0 out 0 0 1 $ 0 ms 0 0 6 cached 1 shadow 0");
    assertThat(bench.router.hits()).isEqualTo(new ModelReport.Hits(1, 2));
    assertThat(bench.router.hits().percent()).isEqualTo(50);
  }

  private ChatAnswer steady(String question) throws Exception {
    return bench.router.ask(Bench.purpose(), Bench.steady(question), ChatListener.NONE);
  }

  @Test
  void whatMayBeAnsweredOtherwiseIsAskedAgain() throws Exception {
    ChatRequest base = Bench.steady("q");
    ChatRequest tools =
        new ChatRequest(
            base.system(), base.messages(), List.of(new ToolSpec("t", "d", "{}")), base.sampling());
    for (int i = 0; i < 2; i++) {
      bench.router.ask(Bench.purpose(), tools, ChatListener.NONE);
      bench.ask("q");
    }
    bench.models.next("a", (_, _) -> cut(), (_, _) -> cut());
    steady("cut");
    steady("cut");
    assertThat(bench.models.questions()).hasSize(6);
    assertThat(bench.rows("SELECT count(*) FROM model_cache")).containsExactly("0");
    steady("q");
    bench.router.ask(
        Bench.purpose(),
        ChatRequest.of("system", "q", ChatRequest.Sampling.steady(51)),
        ChatListener.NONE);
    bench.router.ask(
        Bench.purpose(),
        ChatRequest.of("systemq", "", ChatRequest.Sampling.steady(50)),
        ChatListener.NONE);
    assertThat(bench.models.questions()).hasSize(9);
    // Written one after the other, both are the same letters.
    for (ChatRequest alike :
        List.of(
            ChatRequest.of("user", "z", ChatRequest.Sampling.steady(50)),
            ChatRequest.of("", "userz", ChatRequest.Sampling.steady(50)))) {
      bench.router.ask(Bench.purpose(), alike, ChatListener.NONE);
    }
    assertThat(bench.models.questions()).hasSize(11);
    bench.restart(ONE.replace("\"a-id\"", "\"other-id\""));
    steady("q");
    assertThat(bench.models.questions()).hasSize(12);
    bench.restart(
        ONE.replace("kind = \"ollama\"", "kind = \"ollama\"\nbase_url = \"http://127.0.0.1:9\""));
    steady("q");
    assertThat(bench.models.questions()).hasSize(13);
  }

  private static ChatAnswer cut() {
    return new ChatAnswer("x", List.of(), ChatAnswer.Stop.LENGTH, Usage.NONE, "a-id");
  }

  @Test
  void theCacheIsBoundedInRowsTheLongestUnusedGoFirst() throws Exception {
    bench.restart(ONE + "cache_answers = 3\n");
    for (String question : List.of("1", "2", "3", "1", "4", "1", "2")) {
      bench.advance(Duration.ofSeconds(1));
      steady(question);
    }
    assertThat(bench.models.questions()).as("1 2 3 4 and 2 again").hasSize(5);
    assertThat(bench.rows("SELECT count(*) FROM model_cache")).containsExactly("3");
  }

  @Test
  void theCacheIsBoundedInBytes() throws Exception {
    bench.restart(ONE + "cache_size = \"1KB\"\n");
    for (int i = 0; i < 8; i++) {
      String text = "x".repeat(200 + i);
      bench.models.next("a", (_, _) -> Scripted.answer(text, "a-id"));
      bench.advance(Duration.ofSeconds(1));
      steady("q" + i);
    }
    bench.models.next("a", (_, _) -> Scripted.answer("y".repeat(2_000), "a-id"));
    steady("huge");
    assertThat(
            bench.rows(
                "SELECT (sum(bytes) <= 1024) || ' ' || count(*) || ' ' || max(bytes)"
                    + " FROM model_cache"))
        .containsExactly("1 3 271");
  }

  /// An answer may quote what somebody wants forgotten.
  @Test
  void whoeverDeletesADocumentEmptiesTheCache() throws Exception {
    steady("q");
    bench.database.write(tx -> {
      tx.insert(
          "INSERT INTO documents (sha256, name, size, state, received)"
              + " VALUES ('h', 'n', 1, 'PARSED', 1)");
      return tx.update("DELETE FROM documents");
    });
    assertThat(bench.rows("SELECT count(*) FROM model_cache")).containsExactly("0");
  }

  @Test
  void oldCallsGoAndTheirSumsStay() throws Exception {
    bench.restart(ONE + "keep_calls = 100\nkeep_for = \"24h\"\n");
    for (int i = 0; i < 130; i++) {
      bench.ask();
    }
    assertThat(bench.rows("SELECT count(*) FROM model_calls")).containsExactly("100");
    for (int i = 0; i < 8; i++) {
      bench.advance(Duration.ofHours(20));
      bench.ask();
    }
    assertThat(bench.rows("SELECT count(*) FROM model_calls")).containsExactly("2");
    assertThat(bench.rows("SELECT sum(calls) || ' ' || sum(output) FROM model_days"))
        .containsExactly("138 2760");
  }

  @Test
  void aChangeOfModelOrWordsIsRecordedWhenItIsFirstUsed() throws Exception {
    bench.ask();
    bench.ask();
    bench.advance(Duration.ofHours(1));
    bench.models.next("a", (_, _) -> Scripted.answer("x", "a-id-0900"));
    bench.ask();
    Files.createDirectories(folder.resolve("prompts/check"));
    Files.writeString(folder.resolve("prompts/check/1.md"), "Other words.");
    bench.advance(Duration.ofHours(1));
    bench.ask();
    bench.router.ask(new Purpose("ask", null, null, "none/1"), Bench.free("x"), ChatListener.NONE);
    assertThat(new ModelReport(bench.database).changes(10))
        .containsExactly(
            change(2, "a-id-0815", "none/1", Prompt.hash("")),
            change(2, "a-id-0815", "check/1", Prompt.hash("Other words.")),
            change(1, "a-id-0900", "check/1", checkHash()),
            change(0, "a-id-0815", "check/1", checkHash()));
  }

  private static ModelReport.Change change(int hours, String id, String prompt, String hash) {
    return new ModelReport.Change(Bench.START.plus(Duration.ofHours(hours)), "a", id, prompt, hash);
  }
}
