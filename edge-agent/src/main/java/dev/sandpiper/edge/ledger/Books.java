package dev.sandpiper.edge.ledger;

import dev.sandpiper.edge.store.Row;
import dev.sandpiper.edge.store.Tx;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The ledger's rows: what is set aside, and what is spent.
final class Books {

  private Books() {}

  /// Something for which money is set aside.
  ///
  /// @param adrift whether nobody knows what became of it
  record Held(
      String day,
      String kind,
      String what,
      String workflow,
      long person,
      long micros,
      boolean unpriced,
      boolean adrift,
      @Nullable String content) {}

  /// What was spent of it.
  ///
  /// @param purchases how many things that were
  record Spent(long micros, long purchases, Ledger.Cost cost) {}

  static Optional<Held> find(Tx tx, long number) {
    return tx.queryOne(
        "SELECT day, kind, what, workflow, person, micros, unpriced, adrift IS NOT NULL, content"
            + " FROM spending_open WHERE id=?",
        row ->
            new Held(
                row.text(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.number(5),
                row.number(6),
                row.number(7) != 0,
                row.number(8) != 0,
                row.nullableText(9)),
        number);
  }

  static void spend(Tx tx, Held held, Spent spent) {
    tx.update(
        "INSERT INTO spending_days (day, kind, what, workflow, person, purchases, estimated,"
            + " unpriced, micros) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (day, kind, what, workflow, person) DO UPDATE SET"
            + " purchases = purchases + excluded.purchases,"
            + " estimated = estimated + excluded.estimated,"
            + " unpriced = unpriced + excluded.unpriced, micros = micros + excluded.micros",
        held.day(),
        held.kind(),
        held.what(),
        held.workflow(),
        held.person(),
        spent.purchases(),
        spent.cost().estimated(),
        held.unpriced() || spent.cost().micros() == null,
        spent.micros());
    tx.update(
        "DELETE FROM spending_days WHERE day < ?",
        LocalDate.parse(held.day()).minusDays(Ledger.DAYS_KEPT).toString());
  }

  /// @param open whether what is set aside counts, too
  static List<Budgets.Sum> sums(Tx tx, Period period, LocalDate day, boolean open) {
    String first = period.first(day).toString();
    String last =
        switch (period) {
          case DAY -> day.toString();
          case MONTH -> day.withDayOfMonth(day.lengthOfMonth()).toString();
        };
    return tx.query(
        "SELECT workflow, person, sum(micros) FROM ("
            + "SELECT workflow, person, micros FROM spending_days WHERE day>=? AND day<=?"
            + " UNION ALL SELECT workflow, person, micros FROM spending_open"
            + " WHERE day>=? AND day<=? AND ?) GROUP BY workflow, person",
        row -> new Budgets.Sum(new Budgets.Buyer(row.text(1), row.number(2)), row.number(3)),
        first,
        last,
        first,
        last,
        open);
  }

  static Ledger.Line line(Row row) {
    return new Ledger.Line(
        LocalDate.parse(row.text(1)),
        Purchase.Kind.valueOf(row.text(2)),
        row.text(3),
        row.text(4),
        row.number(5),
        row.number(6),
        row.number(7),
        row.number(8),
        row.number(9));
  }

  static Ledger.Open open(Row row) {
    return new Ledger.Open(
        row.number(1),
        row.instant(2),
        Purchase.Kind.valueOf(row.text(3)),
        row.text(4),
        row.text(5),
        row.number(6),
        row.number(7),
        row.nullableInstant(8));
  }
}
