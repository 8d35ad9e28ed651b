package dev.sandpiper.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpentCommandTest {

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

  private void spent() throws IOException {
    Files.createDirectories(home.resolve("sandpiper"));
    Files.writeString(
        home.resolve("sandpiper/sandpiper.toml"),
        "agent.time_zone = \"Europe/Berlin\"\n[budgets.total]\nper_day = 1.00\n");
    try (Database database = Database.open(home.resolve("agent.db"), DatabaseOptions.defaults())) {
      int _ =
          database.write(tx -> {
            String day =
                "INSERT INTO spending_days (day, kind, what, workflow, person, purchases,"
                    + " estimated, unpriced, micros) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
            tx.update(day, "2026-11-03", "MODEL", "everyday", "ask", 1, 12, 0, 0, 1_234_567);
            tx.update(day, "2026-11-03", "MODEL", "best", "summary", 0, 2, 1, 0, 10_000_000);
            tx.update(day, "2026-11-04", "CLOUD", "aws", "cloud", 0, 3, 0, 0, 42);
            tx.update(day, "2026-10-04", "MODEL", "best", "=a,b", 7, 3, 0, 3, 0);
            return 0;
          });
    }
  }

  @Test
  void spendingIsShownByModelWithTotalsAndBudgets() throws IOException {
    spent();
    assertThat(run("cost", "--month", "2026-11")).isZero();
    assertThat(out)
        .startsWith(
            """
            MODEL     PURCHASES        USD
            best              2  10.000000  1 estimated
            everyday         12   1.234567
            aws               3   0.000042
            total            17  11.234609  1 estimated

            BUDGET  USED   OF                  RESETS
            total   $0.00  $1.00 a day    0 %  \
            """);
    assertThat(run("cost", "--from", "2026-11-03", "--to", "2026-11-03", "--by", "person"))
        .isZero();
    assertThat(out)
        .startsWith(
            """
            PERSON    PURCHASES        USD
            (nobody)          2  10.000000  1 estimated
            Ada              12   1.234567
            total            14  11.234567  1 estimated
            """);
  }

  @Test
  void csvHasEveryLineOrTheSharesAskedFor() throws IOException {
    spent();
    assertThat(run("cost", "--from", "2026-10-01", "--to", "2026-11-30", "--csv")).isZero();
    assertThat(out)
        .isEqualTo(
            """
            day,kind,what,workflow,person,purchases,estimated,unpriced,usd
            2026-10-04,model,best,"'=a,b",7,3,0,3,0.000000
            2026-11-03,model,best,summary,0,2,1,0,10.000000
            2026-11-03,model,everyday,ask,1,12,0,0,1.234567
            2026-11-04,cloud,aws,cloud,0,3,0,0,0.000042
            """);
    assertThat(run("cost", "--month", "2026-11", "--csv", "--by", "day")).isZero();
    assertThat(out)
        .isEqualTo(
            """
            day,purchases,estimated,unpriced,usd
            2026-11-03,14,1,0,11.234567
            2026-11-04,3,0,0,0.000042
            """);
  }

  @Test
  void programsGetJson() throws IOException {
    spent();
    assertThat(run("cost", "--month", "2026-10", "--by", "kind", "--json")).isZero();
    assertThat(out)
        .startsWith(
            "{\"from\":\"2026-10-01\",\"to\":\"2026-10-31\",\"currency\":\"USD\",\"by\":\"kind\","
                + "\"shares\":[{\"name\":\"model\",\"purchases\":3,\"estimated\":0,\"unpriced\":3,"
                + "\"usd\":0.000000}],\"total\":{\"purchases\":3,\"estimated\":0,\"unpriced\":3,"
                + "\"usd\":0.000000},\"budgets\":[{\"budget\":\"total\",\"period\":\"day\","
                + "\"whose\":\"\",\"limit\":1.000000,\"taken\":0.000000,\"spent\":0.000000,"
                + "\"next\":\"")
        .endsWith(
            "\"}],\"underWay\":{\"purchases\":0,\"usd\":0.000000},"
                + "\"adrift\":{\"purchases\":0,\"usd\":0.000000},\"paused\":[]}\n");
  }

  @Test
  void mistakesAreToldWithTheNextStep() {
    assertThat(run("cost", "--month", "2026-09")).isZero();
    assertThat(out).isEqualTo("Nothing was spent from 2026-09-01 to 2026-09-30\n");
    assertThat(run("cost", "--month", "November")).isEqualTo(2);
    assertThat(err)
        .isEqualTo("sandpiper: 'November' is not a month; write it as in --month 2026-11\n");
    assertThat(run("cost", "--from", "1.11.")).isEqualTo(2);
    assertThat(err)
        .isEqualTo("sandpiper: '1.11.' is not a day; write it as in --from 2026-11-01\n");
    assertThat(run("cost", "--from", "2026-11-02", "--to", "2026-11-01")).isEqualTo(2);
    assertThat(err).isEqualTo("sandpiper: --from 2026-11-02 is after --to 2026-11-01; swap them\n");
    assertThat(run("cost", "--month", "2026-11", "--to", "2026-11-01")).isEqualTo(2);
    assertThat(err).isEqualTo("sandpiper: choose one of --month and --from/--to\n");
  }
}
