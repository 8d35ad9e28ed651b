package dev.sandpiper.edge.ledger;

import dev.sandpiper.edge.config.BudgetConfig;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Row;
import dev.sandpiper.edge.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is spent. Money is set aside, durably, before anything is bought, and what it cost is
/// written down after; a bound holds for both together. Safe for use by several threads.
///
/// What was under way when the agent died is adrift: nobody knows what it cost, so it counts in
/// full until [#found] says.
public final class Ledger {

  /// Two years and a bit: last year's bill can still be compared.
  private static final int DAYS_KEPT = 800;

  private static final int TOLD_DAYS = 70;

  private final Database database;
  private final Rules rules;
  private final Budgets budgets;
  private final InstantSource clock;

  private volatile Alarm.Bell bell = Alarm.Bell.NONE;

  /// What the owner wants.
  ///
  /// @param zone whose midnight it is
  public record Rules(List<BudgetConfig> budgets, ZoneId zone, Roles roles) {}

  /// Knows people's roles.
  public interface Roles {
    /// The role of a person in lower case; empty: not known any more.
    Optional<String> of(Tx tx, long person);
  }

  /// What became of a wish to buy.
  public sealed interface Decision {}

  /// Money is set aside.
  ///
  /// @param number under which it is
  public record Reserved(long number) implements Decision {}

  /// It is not bought.
  public record Refused(Refusal refusal) implements Decision {}

  /// What something cost.
  ///
  /// @param micros millionths of a dollar; `null`: unknown, then what was set aside is taken
  /// @param estimated whether nobody but us counted
  public record Cost(@Nullable Long micros, boolean estimated) {}

  /// Purchases that were alike.
  ///
  /// @param person 0: nobody in particular
  /// @param estimated those of the purchases whose use was estimated
  /// @param unpriced those without a known price
  public record Line(
      LocalDate day,
      Purchase.Kind kind,
      String what,
      String workflow,
      long person,
      long purchases,
      long estimated,
      long unpriced,
      long micros) {}

  /// Something that is not settled.
  ///
  /// @param adrift since when nobody knows what became of it; `null`: it is under way
  public record Open(
      long number,
      Instant at,
      Purchase.Kind kind,
      String what,
      String workflow,
      long person,
      long micros,
      @Nullable Instant adrift) {}

  public Ledger(Database database, Rules rules, InstantSource clock) {
    this.database = database;
    this.rules = rules;
    this.budgets = new Budgets(rules.budgets(), rules.roles());
    this.clock = clock;
  }

  /// From now on the owners are told this way.
  public void tell(Alarm.Bell told) {
    bell = told;
  }

  /// What was under way when the last agent died is adrift. To be called once, at the start.
  ///
  /// @return how many purchases
  public int recover() {
    return database.write(
        tx -> tx.update("UPDATE spending_open SET adrift=? WHERE adrift IS NULL", clock.instant()));
  }

  /// Sets money aside, on the disk, or says why not.
  public Decision reserve(Purchase purchase) {
    return database.write(tx -> {
      Optional<Refusal> refusal = refusal(tx, purchase);
      return refusal.isPresent() ? new Refused(refusal.get()) : new Reserved(open(tx, purchase));
    });
  }

  private Optional<Refusal> refusal(Tx tx, Purchase purchase) {
    if (!budgets.any()) {
      return Optional.empty();
    }
    Long micros = purchase.micros();
    LocalDate day = today();
    if (micros == null) {
      Refusal.UnknownPrice unknown = new Refusal.UnknownPrice(purchase);
      once(
          tx,
          "unpriced:" + day + ":" + purchase.kind() + ":" + purchase.what(),
          new Alarm.Unpriced(unknown));
      return Optional.of(unknown);
    }
    if (micros == 0) {
      return Optional.empty(); // what costs nothing is bought from an empty purse, too
    }
    Optional<Refusal> worst = Optional.empty();
    for (Budgets.Standing standing :
        budgets.against(
            tx,
            new Budgets.Buyer(purchase.workflow(), number(purchase.person())),
            period -> sums(tx, period, day, true))) {
      Optional<Refusal.UsedUp> found = Budgets.refusal(standing, micros, day, rules.zone());
      if (found.isPresent()) {
        once(tx, key("used-up", standing, day), new Alarm.UsedUp(found.get(), standing.whose()));
        if (worst.isEmpty() || standing.limit().period() == Period.MONTH) {
          worst = Optional.of(found.get());
        }
      }
    }
    return worst;
  }

  private long open(Tx tx, Purchase purchase) {
    Long micros = purchase.micros();
    return tx.insert(
        "INSERT INTO spending_open (at, day, kind, what, workflow, person, micros, unpriced)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        clock.instant(),
        today().toString(),
        purchase.kind().name(),
        purchase.what(),
        purchase.workflow(),
        number(purchase.person()),
        micros == null ? 0L : micros,
        micros == null);
  }

  /// It is over: what it cost is spent, the rest is free again.
  ///
  /// @return whether it was still open
  public boolean settle(Tx tx, long number, Cost cost) {
    Optional<Held> held = held(tx, number);
    held.ifPresent(one -> {
      tx.update("DELETE FROM spending_open WHERE id=?", number);
      Long micros = cost.micros();
      spend(tx, one, new Spent(micros == null ? one.micros() : micros, 1, cost));
      warn(tx, one);
    });
    return held.isPresent();
  }

  /// Part of it is spent, and the rest stays set aside.
  ///
  /// @param purchases how many things that were
  /// @return whether it was still open
  public boolean take(Tx tx, long number, long micros, long purchases) {
    Optional<Held> held = held(tx, number);
    held.ifPresent(one -> {
      tx.update("UPDATE spending_open SET micros=max(0, micros - ?) WHERE id=?", micros, number);
      spend(tx, one, new Spent(micros, purchases, new Cost(micros, false)));
      warn(tx, one);
    });
    return held.isPresent();
  }

  /// Nothing was bought: all of it is free again.
  public void release(Tx tx, long number) {
    tx.update("DELETE FROM spending_open WHERE id=?", number);
  }

  /// Nobody knows what became of it: it counts in full until [#found] says.
  public void lose(Tx tx, long number) {
    tx.update("UPDATE spending_open SET adrift=? WHERE id=?", clock.instant(), number);
  }

  /// A bill said what something adrift cost.
  ///
  /// @return whether it was adrift
  public boolean found(Tx tx, long number, long micros) {
    return tx.queryOne(
                "SELECT 1 FROM spending_open WHERE id=? AND adrift IS NOT NULL",
                row -> row.number(1),
                number)
            .isPresent()
        && settle(tx, number, new Cost(micros, false));
  }

  private record Held(
      String day,
      String kind,
      String what,
      String workflow,
      long person,
      long micros,
      boolean unpriced) {}

  private record Spent(long micros, long purchases, Cost cost) {}

  private static Optional<Held> held(Tx tx, long number) {
    return tx.queryOne(
        "SELECT day, kind, what, workflow, person, micros, unpriced FROM spending_open WHERE id=?",
        row ->
            new Held(
                row.text(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.number(5),
                row.number(6),
                row.number(7) != 0),
        number);
  }

  private static void spend(Tx tx, Held held, Spent spent) {
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
        LocalDate.parse(held.day()).minusDays(DAYS_KEPT).toString());
  }

  private void warn(Tx tx, Held held) {
    LocalDate day = LocalDate.parse(held.day());
    for (Budgets.Standing standing :
        budgets.against(
            tx,
            new Budgets.Buyer(held.workflow(), held.person()),
            period -> sums(tx, period, day, false))) {
      Budgets.Limit limit = standing.limit();
      if (limit.micros() > 0 && standing.taken() >= limit.warning()) {
        once(
            tx,
            key("nearly", standing, day),
            new Alarm.Nearly(
                limit.budget().name(),
                limit.period(),
                standing.whose(),
                limit.micros(),
                standing.taken()));
      }
    }
  }

  private static String key(String what, Budgets.Standing standing, LocalDate day) {
    Budgets.Limit limit = standing.limit();
    return String.join(
        ":",
        what,
        limit.period().first(day).toString(),
        limit.period().name(),
        limit.budget().name(),
        standing.whose());
  }

  private void once(Tx tx, String what, Alarm alarm) {
    Instant now = clock.instant();
    if (tx.update("INSERT OR IGNORE INTO spending_told (what, at) VALUES (?, ?)", what, now) > 0) {
      tx.update("DELETE FROM spending_told WHERE at < ?", now.minus(Duration.ofDays(TOLD_DAYS)));
      bell.ring(tx, alarm);
    }
  }

  /// @param open whether what is set aside counts, too
  private static List<Budgets.Sum> sums(Tx tx, Period period, LocalDate day, boolean open) {
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

  /// What was spent on some days of the owner's, the oldest first.
  ///
  /// @param to the last day
  public List<Line> lines(LocalDate from, LocalDate to) {
    return database.read(tx ->
        known(tx)
            ? tx.query(
                "SELECT day, kind, what, workflow, person, purchases, estimated, unpriced, micros"
                    + " FROM spending_days WHERE day>=? AND day<=? ORDER BY 1, 2, 3, 4, 5",
                Ledger::line,
                from.toString(),
                to.toString())
            : List.of());
  }

  /// What is not settled, the oldest first.
  public List<Open> open() {
    return database.read(tx ->
        known(tx)
            ? tx.query(
                "SELECT id, at, kind, what, workflow, person, micros, adrift FROM spending_open"
                    + " ORDER BY id",
                Ledger::open)
            : List.of());
  }

  private static boolean known(Tx tx) {
    return tx.queryOne(
            "SELECT 1 FROM sqlite_master WHERE name='spending_open'", row -> row.number(1))
        .isPresent(); // a database may have been written by an earlier version
  }

  private static Line line(Row row) {
    return new Line(
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

  private static Open open(Row row) {
    return new Open(
        row.number(1),
        row.instant(2),
        Purchase.Kind.valueOf(row.text(3)),
        row.text(4),
        row.text(5),
        row.number(6),
        row.number(7),
        row.nullableInstant(8));
  }

  private static long number(@Nullable Long person) {
    return person == null ? 0 : person;
  }

  /// The owner's day.
  public LocalDate today() {
    return clock.instant().atZone(rules.zone()).toLocalDate();
  }
}
