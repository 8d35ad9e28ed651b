package dev.sandpiper.edge.ledger;

import dev.sandpiper.edge.config.BrakesConfig;
import dev.sandpiper.edge.config.BudgetConfig;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is spent. Money is set aside, durably, before anything is bought, and what it cost is
/// written down after; a bound holds for both together. Safe for use by several threads.
///
/// What was under way when the agent died is adrift: nobody knows what it cost, so it counts in
/// full until [#found] says.
public final class Ledger {

  /// Two years and a bit: last year's bill can still be compared.
  static final int DAYS_KEPT = 800;

  private static final int TOLD_DAYS = 70;

  private final Database database;
  private final Rules rules;
  private final Budgets budgets;
  private final Brakes brakes;
  private final InstantSource clock;

  private volatile Alarm.Bell bell = Alarm.Bell.NONE;
  private volatile @Nullable Consumer<Tx> first;
  private volatile Consumer<Refusal.Paused> watcher = _ -> {};

  /// What the owner wants.
  ///
  /// @param zone whose midnight it is
  public record Rules(List<BudgetConfig> budgets, ZoneId zone, Roles roles, BrakesConfig brakes) {
    /// Without brakes.
    public Rules(List<BudgetConfig> budgets, ZoneId zone, Roles roles) {
      this(budgets, zone, roles, BrakesConfig.OFF);
    }
  }

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
    this.brakes = new Brakes(rules.brakes(), rules.zone());
    this.clock = clock;
  }

  /// From now on the owners are told this way, too.
  public synchronized void tell(Alarm.Bell told) {
    Alarm.Bell before = bell;
    bell =
        (tx, alarm) -> {
          before.ring(tx, alarm);
          told.ring(tx, alarm);
        };
  }

  /// Hears of the next thing that is spent, once, in its transaction.
  public void awaitSpending(Consumer<Tx> waiting) {
    first = waiting;
  }

  /// From now on hears of each workflow that is paused, once, when that is on the disk.
  public void watch(Consumer<Refusal.Paused> watching) {
    watcher = watching;
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
    return decide(purchase, tx -> open(tx, purchase));
  }

  /// Sets more aside for something that is open already, or says why not.
  ///
  /// @param more what is to be added
  Decision extend(long number, Purchase more) {
    return decide(
        more,
        tx -> {
          int open =
              tx.update(
                  "UPDATE spending_open SET micros = micros + ? WHERE id=?",
                  more.micros() == null ? 0L : more.micros(),
                  number);
          return open > 0 ? number : open(tx, more);
        });
  }

  private interface Opening {
    long open(Tx tx);
  }

  /// @param pulled a pause that began with this
  private record Answer(Decision decision, Optional<Refusal.Paused> pulled) {}

  private Decision decide(Purchase purchase, Opening opening) {
    Answer answer = database.<Answer>write(tx -> answer(tx, purchase, opening));
    answer.pulled().ifPresent(watcher);
    return answer.decision();
  }

  private Answer answer(Tx tx, Purchase purchase, Opening opening) {
    Optional<Refusal> refusal = refusal(tx, purchase, this::once);
    if (refusal.isPresent()) {
      return new Answer(new Refused(refusal.get()), Optional.empty());
    }
    Optional<Refusal.Paused> pulled = brakes.pull(tx, purchase, clock.instant());
    if (pulled.isPresent()) {
      bell.ring(tx, new Alarm.Paused(pulled.get()));
      return new Answer(new Refused(pulled.get()), pulled);
    }
    brakes.bought(tx, purchase, clock.instant());
    return new Answer(new Reserved(opening.open(tx)), Optional.empty());
  }

  /// Why something would not be bought now; nothing is set aside, and nobody is told. It can be
  /// asked beside an agent.
  public Optional<Refusal> look(Purchase purchase) {
    return database.<Optional<Refusal>>read(
        tx -> known(tx) ? refusal(tx, purchase, (_, _, _) -> {}) : Optional.empty());
  }

  /// How the owners are told of a refusal.
  private interface Told {
    void once(Tx tx, String what, Alarm alarm);
  }

  private Optional<Refusal> refusal(Tx tx, Purchase purchase, Told told) {
    Optional<Refusal.Paused> paused = brakes.paused(tx, purchase.workflow());
    if (paused.isPresent()) {
      return Optional.of(paused.get());
    }
    return budgets.any() ? overBudget(tx, purchase, told) : Optional.empty();
  }

  private Optional<Refusal> overBudget(Tx tx, Purchase purchase, Told told) {
    Long micros = purchase.micros();
    LocalDate day = today();
    if (micros == null) {
      Refusal.UnknownPrice unknown = new Refusal.UnknownPrice(purchase);
      told.once(
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
            period -> Books.sums(tx, period, day, true))) {
      Optional<Refusal.UsedUp> found = Budgets.refusal(standing, micros, day, rules.zone());
      if (found.isPresent()) {
        told.once(
            tx, key("used-up", standing, day), new Alarm.UsedUp(found.get(), standing.whose()));
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
        "INSERT INTO spending_open (at, day, kind, what, workflow, person, micros, unpriced,"
            + " content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        clock.instant(),
        today().toString(),
        purchase.kind().name(),
        purchase.what(),
        purchase.workflow(),
        number(purchase.person()),
        micros == null ? 0L : micros,
        micros == null,
        purchase.content());
  }

  /// It is over: what it cost is spent, the rest is free again.
  ///
  /// @return whether it was still open
  public boolean settle(Tx tx, long number, Cost cost) {
    Optional<Books.Held> held = Books.find(tx, number);
    held.ifPresent(one -> {
      tx.update("DELETE FROM spending_open WHERE id=?", number);
      Long micros = cost.micros();
      long spent = micros == null ? one.micros() : micros;
      Books.spend(tx, one, new Books.Spent(spent, 1, cost));
      if (micros != null && micros == 0) {
        brakes.undone(tx, one.workflow(), one.content());
      } else if (!one.adrift()) {
        brakes.spent(tx, one.workflow(), spent, clock.instant());
      }
      warn(tx, one);
    });
    return held.isPresent();
  }

  /// Part of it is spent, and the rest stays set aside.
  ///
  /// @param purchases how many things that were
  /// @return whether it was still open
  public boolean take(Tx tx, long number, long micros, long purchases) {
    Optional<Books.Held> held = Books.find(tx, number);
    held.ifPresent(one -> {
      tx.update("UPDATE spending_open SET micros=max(0, micros - ?) WHERE id=?", micros, number);
      Books.spend(tx, one, new Books.Spent(micros, purchases, new Cost(micros, false)));
      brakes.spent(tx, one.workflow(), micros, clock.instant());
      warn(tx, one);
    });
    return held.isPresent();
  }

  /// Something is spent for which nothing was set aside.
  ///
  /// @param purchases how many things that were
  void spend(Tx tx, Purchase purchase, long purchases) {
    Long micros = purchase.micros();
    long spent = micros == null ? 0 : micros;
    Books.Held held =
        new Books.Held(
            today().toString(),
            purchase.kind().name(),
            purchase.what(),
            purchase.workflow(),
            number(purchase.person()),
            spent,
            micros == null,
            false,
            null);
    Books.spend(tx, held, new Books.Spent(spent, purchases, new Cost(micros, false)));
    brakes.spent(tx, purchase.workflow(), spent, clock.instant());
    warn(tx, held);
  }

  /// It is known that what is adrift of a kind cost no more than that, each.
  void boundAdrift(Purchase.Kind kind, long most) {
    database.<@Nullable Void>write(tx -> {
      tx.update(
          "UPDATE spending_open SET micros=min(micros, ?) WHERE kind=? AND adrift IS NOT NULL",
          most,
          kind.name());
      tx.update(
          "DELETE FROM spending_open WHERE kind=? AND adrift IS NOT NULL AND micros=0",
          kind.name());
      return null;
    });
  }

  /// Nothing was bought: all of it is free again.
  public void release(Tx tx, long number) {
    Books.find(tx, number).ifPresent(one -> brakes.undone(tx, one.workflow(), one.content()));
    tx.update("DELETE FROM spending_open WHERE id=?", number);
  }

  /// Nobody knows what became of it: it counts in full until [#found] says.
  public void lose(Tx tx, long number) {
    Books.find(tx, number)
        .ifPresent(one -> brakes.spent(tx, one.workflow(), one.micros(), clock.instant()));
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

  private void warn(Tx tx, Books.Held held) {
    Consumer<Tx> waiting = first;
    if (waiting != null) {
      waiting.accept(tx);
      first = null;
    }
    LocalDate day = LocalDate.parse(held.day());
    for (Budgets.Standing standing :
        budgets.against(
            tx,
            new Budgets.Buyer(held.workflow(), held.person()),
            period -> Books.sums(tx, period, day, false))) {
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

  /// What was spent on some days of the owner's, the oldest first.
  ///
  /// @param to the last day
  public List<Line> lines(LocalDate from, LocalDate to) {
    return database.read(tx ->
        known(tx)
            ? tx.query(
                "SELECT day, kind, what, workflow, person, purchases, estimated, unpriced, micros"
                    + " FROM spending_days WHERE day>=? AND day<=? ORDER BY 1, 2, 3, 4, 5",
                Books::line,
                from.toString(),
                to.toString())
            : List.of());
  }

  /// All there is to show for some days. It can be asked beside an agent.
  public Statement statement(LocalDate from, LocalDate to) {
    return new Statement(from, to, lines(from, to), open(), standings(), pauses());
  }

  private List<BudgetState> standings() {
    LocalDate day = today();
    return database.<List<BudgetState>>read(tx ->
        known(tx)
            ? budgets.all(
                tx,
                period -> Books.sums(tx, period, day, true),
                period -> Books.sums(tx, period, day, false),
                new Budgets.Now(day, rules.zone()))
            : List.of());
  }

  /// What is not settled, the oldest first.
  public List<Open> open() {
    return database.read(tx ->
        known(tx)
            ? tx.query(
                "SELECT id, at, kind, what, workflow, person, micros, adrift FROM spending_open"
                    + " ORDER BY id",
                Books::open)
            : List.of());
  }

  /// Workflows that are paused, the oldest pause first. It can be asked beside an agent.
  public List<Refusal.Paused> pauses() {
    return database.<List<Refusal.Paused>>read(tx -> known(tx) ? brakes.paused(tx) : List.of());
  }

  /// Lets a workflow go on.
  ///
  /// @return whether it was paused
  public boolean resume(Tx tx, String workflow) {
    return brakes.resume(tx, workflow, clock.instant());
  }

  /// The same in a transaction of its own.
  public boolean resume(String workflow) {
    return database.<Boolean>write(tx -> resume(tx, workflow));
  }

  /// Within one question a model asked for the same again and again. The owners are told once a
  /// day.
  public void looped(String workflow, String tool) {
    database.<@Nullable Void>write(tx -> {
      once(tx, "looping:" + today() + ":" + workflow, new Alarm.Looping(workflow, tool));
      return null;
    });
  }

  private static boolean known(Tx tx) {
    return tx.queryOne(
            "SELECT 1 FROM sqlite_master WHERE name='spending_pauses'", row -> row.number(1))
        .isPresent(); // a database may have been written by an earlier version
  }

  private static long number(@Nullable Long person) {
    return person == null ? 0 : person;
  }

  /// The owner's day.
  public LocalDate today() {
    return clock.instant().atZone(rules.zone()).toLocalDate();
  }
}
