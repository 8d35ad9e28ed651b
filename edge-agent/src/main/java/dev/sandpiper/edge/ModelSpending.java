package dev.sandpiper.edge;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Row;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.talk.command.Spending;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalDouble;

/// What models were used for, as their calls are counted by day.
record ModelSpending(Database database) implements Spending {
  private static final int MOST = 1_000;

  @Override
  public List<Line> lines(LocalDate from, LocalDate to) {
    return database.read(tx ->
        counted(tx)
            ? tx.query(
                "SELECT model, person, sum(calls), sum(input), sum(output), sum(micros),"
                    + " sum(unpriced) FROM model_days WHERE day>=? AND day<=?"
                    + " GROUP BY model, person ORDER BY 6 DESC, model, person LIMIT "
                    + MOST,
                ModelSpending::line,
                from.toString(),
                to.toString())
            : List.of());
  }

  @Override
  public OptionalDouble cacheHitRate() {
    return database.read(tx -> {
      if (!counted(tx)) {
        return OptionalDouble.empty();
      }
      return tx.queryOne(
              "SELECT coalesce(sum(cached), 0), coalesce(sum(calls - failed), 0) FROM model_days"
                  + " WHERE shadow=0 AND workflow<>'embed'",
              row ->
                  row.number(2) == 0
                      ? OptionalDouble.empty()
                      : OptionalDouble.of((double) row.number(1) / row.number(2)))
          .orElseThrow();
    });
  }

  private static boolean counted(Tx tx) {
    return tx.queryOne("SELECT 1 FROM sqlite_master WHERE name='model_days'", row -> row.number(1))
        .isPresent();
  }

  /// Person 0 is nobody in particular.
  private static Line line(Row row) {
    return new Line(
        row.text(1),
        row.number(2) == 0 ? null : row.number(2),
        row.number(3),
        row.number(4),
        row.number(5),
        BigDecimal.valueOf(row.number(6), 6),
        row.number(7));
  }
}
