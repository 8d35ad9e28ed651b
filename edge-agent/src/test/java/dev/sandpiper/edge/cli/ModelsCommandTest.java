package dev.sandpiper.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {

  private static final String CONFIG =
      """
      [providers.one]
      kind = "ollama"
      [models.fast]
      provider = "one"
      model = "fast-id"
      price_input = 0.5
      price_date = 2026-12-01
      [models.best]
      provider = "one"
      model = "best-id"
      context = 200000
      [llm]
      default = "fast"
      ask = "best"
      fallback = ["best"]
      """;

  @TempDir Path home;
  private final TestWorkshop workshop = new TestWorkshop();
  private String out = "";
  private String err = "";

  private int run(String... arguments) {
    Ran ran = Ran.of(workshop, Ran.at(home), 120, arguments);
    out = ran.out();
    err = ran.err();
    return ran.code();
  }

  private void configure() throws IOException {
    Files.createDirectories(home.resolve("sandpiper"));
    Files.writeString(home.resolve("sandpiper/sandpiper.toml"), CONFIG);
  }

  private void store(String... statements) {
    try (Database database = Database.open(home.resolve("agent.db"), DatabaseOptions.defaults())) {
      int _ =
          database.write(tx -> {
            int rows = 0;
            for (String statement : statements) {
              rows += tx.update(statement);
            }
            return rows;
          });
    }
  }

  private static String call(int id, String model, String prompt, String micros, String shadowOf) {
    return ("INSERT INTO model_calls (id, at, workflow, model, provider, answered_as, prompt,"
            + " prompt_hash, outcome, input, cached_input, cache_writes, output, reasoning,"
            + " complete, micros, first_millis, total_millis, characters, cached, shadow,"
            + " shadow_of) VALUES (%d, 1, 'ask', '%s', 'one', '%s-id', '%s', 'h', 'ANSWERED', 9, 0,"
            + " 0, 20, 0, 1, %s, 400, 1500, 80, 0, %d, %s)")
        .formatted(id, model, model, prompt, micros, shadowOf.equals("NULL") ? 0 : 1, shadowOf);
  }

  @Test
  void withoutModelsTheWayThereIsTold() {
    assertThat(run("models")).isEqualTo(CliException.NOT_FOUND);
    assertThat(err)
        .isEqualTo(
            "sandpiper: no model is configured; add [providers.NAME] and [models.NAME],"
                + " 'sandpiper config init' shows how\n");
  }

  @Test
  void modelsAreListedAlsoBeforeTheFirstStart() throws IOException {
    configure();
    assertThat(run("models")).isZero();
    assertThat(out.lines())
        .containsExactly(
            "MODEL  FOR           PROVIDER  CONTEXT  PRICE IN/OUT  ID       STATE",
            "fast   default       one       32,000   0.5 / ?       fast-id  ready",
            "best   ask fallback  one       200,000  0 / 0         best-id  ready");
  }

  @Test
  void whatTheAgentRemembersIsShown() throws IOException {
    configure();
    store(
        "INSERT INTO model_circuits (model, trips, retry_at, reason)"
            + " VALUES ('fast', 1, 1764590400000, 'It failed.')",
        "INSERT INTO model_days (day, workflow, person, model, shadow, calls, failed, cached)"
            + " VALUES ('2026-12-01', 'ask', 0, 'fast', 0, 9, 1, 2)");
    assertThat(run("models")).isZero();
    assertThat(out)
        .containsPattern("fast-id  resting until \\d\\d:\\d\\d:\\d\\d: It failed\\.")
        .endsWith("2 of 8 answers (25 %) came from the cache\n");
    assertThat(run("models", "--json")).isZero();
    assertThat(out).contains("\"name\":\"best\"", "\"state\":\"ready\"");
  }

  @Test
  void bothSidesOfAComparisonStandBelowEachOther() throws IOException {
    configure();
    assertThat(run("models", "compare")).isZero();
    assertThat(out)
        .isEqualTo(
            "Nothing has been compared yet; set llm.compare or llm.compare_prompt to begin\n");
    store(
        call(1, "fast", "ask/2", "30", "NULL"),
        call(2, "best", "ask/2", "NULL", "1"),
        call(3, "fast", "ask/2", "40", "NULL"),
        call(4, "best", "ask/2", "90", "3"),
        call(5, "fast", "ask/2", "50", "NULL"));
    assertThat(run("models", "compare")).isZero();
    assertThat(out.lines())
        .containsExactly(
            "FOR  SIDE    MODEL  PROMPT  ANSWERED  FIRST  TOTAL  TOKENS  LETTERS  COST       ID",
            "ask  shown   fast   ask/2   2/2       0.4s   1.5s   20      80       $0.000070  fast-id",
            "ask  hidden  best   ask/2   2/2       0.4s   1.5s   20      80       unknown    best-id",
            "",
            "Each two lines are about the same questions. Times and lengths are means.");
  }

  @Test
  void changesAreListed() throws IOException {
    configure();
    assertThat(run("models", "history")).isZero();
    assertThat(out).isEqualTo("No model has answered yet\n");
    store(
        "INSERT INTO model_changes (at, model, answered_as, prompt, prompt_hash)"
            + " VALUES (1764590400000, 'fast', 'fast-id', 'ask/2', 'abc')");
    assertThat(run("models", "history")).isZero();
    assertThat(out)
        .containsPattern("2025-12-01 \\d\\d:\\d\\d:\\d\\d  fast   ask/2   abc   fast-id");
  }

  @Test
  void aModelThatDoesNotAnswerIsAFailure() throws IOException {
    configure();
    workshop.models = List.of(CheckResult.ok("fast", "fast-id answers"));
    assertThat(run("models", "check")).isZero();
    assertThat(out).isEqualTo("ok    fast: fast-id answers\n");
    workshop.models = List.of(CheckResult.fail("best", "no answer", "Check the key."));
    assertThat(run("models", "check")).isEqualTo(CliException.SOME_FAILED);
    assertThat(out).isEqualTo("FAIL  best: no answer\n      → Check the key.\n");
  }
}
