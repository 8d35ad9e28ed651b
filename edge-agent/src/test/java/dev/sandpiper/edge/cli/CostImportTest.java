package dev.sandpiper.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostImportTest {

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

  private int load(String csv, String... more) throws IOException {
    String file = Files.writeString(home.resolve("bill.csv"), csv).toString();
    String[] arguments = new String[more.length + 3];
    arguments[0] = "cost";
    arguments[1] = "import";
    arguments[2] = file;
    System.arraycopy(more, 0, arguments, 3, more.length);
    return run(arguments);
  }

  /// On 3 November $0.25 was counted for 2 calls, and $0.10 and $0.05 are adrift.
  @BeforeEach
  void count() throws IOException {
    Files.createDirectories(home.resolve("sandpiper"));
    Files.writeString(
        home.resolve("sandpiper/sandpiper.toml"),
        """
        [providers.one]
        kind = "ollama"
        [models.everyday]
        provider = "one"
        model = "claude-haiku-4-5-20251001"
        [models.other]
        provider = "one"
        model = "gpt-4o-mini"
        """);
    try (Database database = Database.open(home.resolve("agent.db"), DatabaseOptions.defaults())) {
      int _ =
          database.write(tx -> {
            tx.update(
                "INSERT INTO model_days (day, workflow, person, model, shadow, calls, input,"
                    + " output, micros) VALUES ('2026-11-03', 'ask', 1, 'everyday', 0, 2, 900, 100,"
                    + " 250007)");
            // Of the first, which broke off, seven millionths were reckoned.
            tx.update(
                "INSERT INTO model_calls (id, at, workflow, model, provider, answered_as, prompt,"
                    + " prompt_hash, outcome, input, cached_input, cache_writes, output, reasoning,"
                    + " complete, micros, first_millis, total_millis, characters, cached, shadow)"
                    + " VALUES (1, ?, 'ask', 'everyday', 'one', '', 'ask/1', 'h', 'SERVER', 1, 0, 0,"
                    + " 0, 0, 0, 7, 1, 1, 0, 0, 0)",
                Instant.parse("2026-11-03T10:00:00Z"));
            for (int micros : new int[] {100_000, 50_000}) {
              tx.update(
                  "INSERT INTO spending_open (at, day, kind, what, workflow, person, micros,"
                      + " unpriced, adrift) VALUES (?, '2026-11-03', 'MODEL', 'everyday', 'ask', 1,"
                      + " ?, 0, ?)",
                  Instant.parse("2026-11-03T10:00:00Z"),
                  micros,
                  Instant.parse("2026-11-03T11:00:00Z"));
            }
            return 0;
          });
    }
  }

  @Test
  void whatTheBillLeavesOverSettlesWhatIsAdriftExactly() throws IOException {
    String bill =
        "\uFEFFusage_date_utc,model,workspace,token_type,cost_usd\r\n"
            + "2026-11-03,\"Claude Haiku 4.5\",Default,input_no_cache,0.250001\r\n"
            + "2026-11-03,Claude Haiku 4.5,Default,output,0.1\r\n";
    assertThat(load(bill)).isEqualTo(1);
    assertThat(out)
        .isEqualTo(
            """
            DAY (UTC)   MODEL     OURS      THEIRS    DIFFERENCE
            2026-11-03  everyday  0.250000  0.350001  0.100001 *  (2 adrift)
            total       USD       0.250000  0.350001  0.100001
            1 of 1 lines differ by more than rounding
            """);
    assertThat(load(bill, "--settle")).isZero();
    assertThat(out).endsWith("Settled: 2 adrift\nThe bill and the ledger agree\n");
    assertThat(run("cost", "--month", "2026-11", "--csv")).isZero();
    assertThat(out).endsWith("2026-11-03,model,everyday,ask,1,2,0,0,0.100001\n");
    assertThat(load(bill, "--settle")).isZero();
    assertThat(out).endsWith("Settled: 0 adrift\nThe bill and the ledger agree\n");
  }

  @Test
  void whatDoesNotFitStaysAdriftAndIsSaid() throws IOException {
    assertThat(
            load("date;model;requests;cost_usd\n2026-11-03;claude-haiku-4-5;4;9.00\n", "--settle"))
        .isEqualTo(1);
    assertThat(out)
        .contains(
            "Settled: 0 adrift\n"
                + "Left adrift: 2 of everyday on 2026-11-03: the bill leaves $8.75 over, more than"
                + " the $0.15 set aside\n");
    assertThat(load("date,model,cost_usd\n2026-11-03,claude-haiku-4-5,0.20\n", "--settle"))
        .isEqualTo(1);
    assertThat(out)
        .contains(
            "Left adrift: 2 of everyday on 2026-11-03: the bill is $0.05 below what is settled\n");
  }

  @Test
  void exportsOfProvidersAreRead() throws IOException {
    assertThat(
            load(
                """
                start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id
                1793836800,1793923200,2026-11-05T00:00:00+00:00,2026-11-06T00:00:00+00:00,0.0800000000000,usd,"gpt-4o-mini-2024-07-18, input",p
                1793923200,1794009600,2026-11-06T00:00:00+00:00,2026-11-07T00:00:00+00:00,,,,
                """))
        .isEqualTo(1);
    assertThat(out).contains("2026-11-05  other  0.000000  0.080000  0.080000 *\n");
    assertThat(
            load(
                """
                generation_id,created_at,cost_total,cost_cache,tokens_prompt,tokens_completion,provider_name,model_permaslug
                g1,2026-11-05 02:37:51.271,0.01,0.0,100,200,OpenAI,openai/gpt-4o-mini:nitro
                g2,2026-11-05 23:37:51.271,0.02,0.0,100,200,OpenAI,openai/gpt-4o-mini
                """))
        .isEqualTo(1);
    assertThat(out).contains("2026-11-05  other  0.000000  0.030000  0.030000 *\n");
    assertThat(
            load(
                """
                usage_date_utc,model_version,api_key,usage_input_tokens_no_cache,usage_input_tokens_cache_read,usage_output_tokens
                2026-11-03,claude-haiku-4-5-20251001,k,800,100,100
                """))
        .isZero();
    assertThat(out)
        .isEqualTo(
            """
            DAY (UTC)   MODEL     OURS  THEIRS  DIFFERENCE
            2026-11-03  everyday  1000  1000    0  (2 adrift)
            total       tokens    1000  1000    0
            The bill and the ledger agree
            """);
  }

  @Test
  void nonsenseIsRefusedWithItsLine() throws IOException {
    String file = home.resolve("bill.csv").toString();
    assertThat(load("date,model,cost_usd\n2026-11-03,m,1\n2026-13-03,m,1\n")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "sandpiper: " + file + ": line 3: '2026-13-03' is not a day, such as 2026-11-30\n");
    assertThat(load("date,model,cost_usd\n2026-11-03,m,-1\n")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "sandpiper: " + file + ": line 2: '-1' is not a sum of dollars, such as 0.0123\n");
    assertThat(load("date,model,cost_usd\n2026-11-03,m\n")).isEqualTo(2);
    assertThat(err)
        .isEqualTo("sandpiper: " + file + ": line 2: it has 2 columns, and the first line has 3\n");
    assertThat(load("a,b\n1,2\n")).isEqualTo(2);
    assertThat(err).contains("its first line names no column for a day");
    assertThat(load("date,model,input_tokens\n2026-11-03,m,5\n", "--settle")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "sandpiper: "
                + file
                + " counts tokens but says no cost, which settles nothing; export costs\n");
  }
}
