package dev.sandpiper.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostCommandTest {

  private static final String CONFIG =
      """
      [providers.home]
      kind = "ollama"
      [providers.openai]
      kind = "openai"
      keys = ["env:K"]
      [models.own]
      provider = "openai"
      model = "gpt-4o-mini"
      price_input = 0.2
      price_output = 0.8
      price_date = 2026-08-01
      [models.listed]
      provider = "openai"
      model = "house-1"
      [models.local]
      provider = "home"
      model = "qwen3:4b"
      [models.strange]
      provider = "openai"
      model = "unheard-of"
      """;

  @TempDir Path home;
  private final TestWorkshop workshop = new TestWorkshop();
  private String out = "";
  private String err = "";

  private int run(String... arguments) throws Exception {
    Files.createDirectories(home.resolve("sandpiper"));
    Files.writeString(home.resolve("sandpiper/sandpiper.toml"), CONFIG);
    Ran ran = Ran.of(workshop, Ran.at(home), 120, arguments);
    out = ran.out();
    err = ran.err();
    return ran.code();
  }

  @Test
  void pricesAreShownWithWhereTheyComeFromAndHowOldTheyAre() throws Exception {
    Files.writeString(
        home.resolve("list.json"),
        """
        {"date": "2026-11-01", "source": "the bill", "models": {
          "openai/house-1": {"input": 1.5, "output": 6, "cached": 0.75}}}
        """);
    assertThat(run("cost", "prices", "--refresh", home.resolve("list.json").toString())).isZero();
    assertThat(out)
        .isEqualTo(
            "1 models as of 2026-11-01, from the bill. A running agent uses them after a restart\n");
    assertThat(run("cost", "prices")).isZero();
    assertThat(out)
        .isEqualTo(
            """
            MODEL    SERVICE  ID           IN   OUT  CACHED  FROM                        OF
            own      openai   gpt-4o-mini  0.2  0.8  ?       configuration               2026-08-01
            listed   openai   house-1      1.5  6    0.75    prices.json                 2026-11-01
            local    ollama   qwen3:4b     0    0    0       runs on a machine of yours
            strange  openai   unheard-of   ?    ?    ?       unknown

            US dollars for a million tokens.
            The price of own is 118 days old: look whether it still holds, or take newer ones with --refresh.
            The price of strange is unknown: while there is a budget, it is not asked. Add price_input, price_output and price_date to [models.strange], or "openai/unheard-of" to prices.json.
            """);
    assertThat(run("cost", "prices", "--json")).isZero();
    assertThat(out)
        .contains(
            "{\"name\":\"listed\",\"service\":\"openai\",\"model\":\"house-1\",\"input\":1.5,\"output\":6,\"cached\":0.75,\"from\":\"prices.json\",\"source\":\"the bill\",\"date\":\"2026-11-01\"}");
  }

  @Test
  void aFileThatIsNoPriceFileIsNotTaken() throws Exception {
    Path wrong = Files.writeString(home.resolve("wrong.json"), "{\"date\": 5}");
    assertThat(run("cost", "prices", "--refresh", wrong.toString()))
        .isEqualTo(CliException.BAD_CONFIG);
    assertThat(err)
        .isEqualTo(
            "sandpiper: The price file %s cannot be used: line 1: \"date\" must be a text of at most 200 characters. It is to be as 'sandpiper cost prices --help' says, or LiteLLM's.\n"
                .formatted(wrong));
    assertThat(home.resolve("prices.json")).doesNotExist();
  }

  @Test
  void whatIsPausedIsShownAndGoesOn() throws Exception {
    assertThat(run("cost", "resume")).isZero();
    assertThat(out).isEqualTo("Nothing is paused\n");
    try (Database database = Database.open(home.resolve("agent.db"), DatabaseOptions.defaults())) {
      database.write(tx ->
          tx.update(
              "INSERT INTO spending_pauses (workflow, seen, at)"
                  + " VALUES ('ask', 'it asked the same 30 times', 0)"));
    }
    assertThat(run("cost", "resume")).isZero();
    assertThat(out)
        .isEqualTo(
            "\"ask\" is paused since 1970-01-01 00:00 (Z): it asked the same 30 times. Look what does that, then let it go on: 'sandpiper cost resume ask', or /cost resume ask in a chat.\n");
    assertThat(run("cost", "resume", "summary")).isEqualTo(CliException.NOT_FOUND);
    assertThat(err)
        .isEqualTo("sandpiper: \"summary\" is not paused; 'sandpiper cost resume' shows what is\n");
    assertThat(run("cost", "resume", "ask")).isZero();
    assertThat(out).isEqualTo("\"ask\" goes on\n");
    assertThat(run("cost", "resume")).isZero();
    assertThat(out).isEqualTo("Nothing is paused\n");
  }
}
