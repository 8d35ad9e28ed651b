package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import dev.sandpiper.edge.talk.command.Spending;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSpendingTest {
  @TempDir Path home;

  @Test
  void daysAreSummedByModelAndPerson() {
    try (Database database = Database.open(home.resolve("x.db"), DatabaseOptions.defaults())) {
      Spending spending = new ModelSpending(database);
      LocalDate day = LocalDate.parse("2026-11-24");
      assertThat(spending.lines(day, day)).isEmpty();
      assertThat(spending.cacheHitRate()).isEmpty();
      database.write(tx -> {
        tx.update(
            "CREATE TABLE IF NOT EXISTS model_days (day TEXT NOT NULL, workflow TEXT NOT NULL,"
                + " person INTEGER NOT NULL, model TEXT NOT NULL, shadow INTEGER NOT NULL,"
                + " calls INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,"
                + " cached INTEGER NOT NULL DEFAULT 0, input INTEGER NOT NULL DEFAULT 0,"
                + " cached_input INTEGER NOT NULL DEFAULT 0,"
                + " cache_writes INTEGER NOT NULL DEFAULT 0, output INTEGER NOT NULL DEFAULT 0,"
                + " reasoning INTEGER NOT NULL DEFAULT 0, micros INTEGER NOT NULL DEFAULT 0,"
                + " unpriced INTEGER NOT NULL DEFAULT 0,"
                + " PRIMARY KEY (day, workflow, person, model, shadow)) WITHOUT ROWID");
        String insert =
            "INSERT INTO model_days (day, workflow, person, model, shadow, calls, failed, cached,"
                + " input, output, micros, unpriced) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        tx.update(insert, "2026-11-23", "ask", 1, "main", 0, 9, 0, 0, 9, 9, 9, 0);
        tx.update(insert, "2026-11-24", "ask", 1, "main", 0, 3, 1, 1, 100, 20, 1_500_000, 0);
        tx.update(insert, "2026-11-24", "summary", 1, "main", 0, 2, 0, 0, 50, 5, 7, 1);
        tx.update(insert, "2026-11-24", "embed", 0, "vectors", 0, 1, 0, 0, 8, 0, 0, 1);
        return 0;
      });
      assertThat(spending.lines(day, day))
          .containsExactly(
              new Spending.Line("main", 1L, 5, 150, 25, new BigDecimal("1.500007"), 1),
              new Spending.Line("vectors", null, 1, 8, 0, new BigDecimal("0.000000"), 1));
      assertThat(spending.cacheHitRate()).hasValue(1.0 / 13);
    }
  }
}
