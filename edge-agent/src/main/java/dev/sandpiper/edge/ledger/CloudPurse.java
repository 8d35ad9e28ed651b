package dev.sandpiper.edge.ledger;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Pays for what is done in the cloud. Money is set aside for many tasks at once, so that none of
/// them waits for the disk, and spent as their use is counted. Safe for use by several threads.
///
/// The counts are the truth: what a day has cost is its counts times the prices, rounded once, and
/// what is spent at a report is the difference to what was spent before. So nothing is lost by
/// rounding, and a day's sum is that of `sandpiper cloud cost`.
public final class CloudPurse {

  /// What money is spent for here.
  public static final String WORKFLOW = "cloud";

  private static final String WHAT = "aws";

  /// So many tasks more than are needed are paid for at once.
  private static final int AHEAD = 31;

  private static final int MICROS = 6;

  private final Database database;
  private final Ledger ledger;
  private final CloudUsage usage;
  private final Optional<CloudPrices> prices;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock(true);

  /// The tranche that is open: its number (0: none), its day, and what is set aside in it.
  private long number;

  private LocalDate day = LocalDate.MIN;
  private long left;

  /// What tasks that are under way may cost.
  private long underWay;

  /// What tasks have cost, nearly, that no report has counted yet. A report may have been on its
  /// way when a task ended: only the next one has it for sure.
  private long ended;

  private long endedBefore;

  /// @param prices what the cloud costs, in US dollars; empty: nobody knows
  public CloudPurse(
      Database database, Ledger ledger, Optional<CloudPrices> prices, InstantSource clock) {
    this.database = database;
    this.ledger = ledger;
    this.usage = new CloudUsage(database);
    this.prices = prices;
    this.clock = clock;
  }

  /// What a task may cost at most.
  ///
  /// @param micros millionths of a dollar; `null`: unknown
  public record Worst(@Nullable Long micros) {
    private long known() {
      return micros == null ? 0 : micros;
    }
  }

  /// What counts cost, rounded up; `null`: a price is unknown.
  public Worst worst(Map<CloudCounter, Long> counts) {
    return new Worst(
        prices
            .map(known -> known.exactly(counts))
            .filter(cost -> cost.unknown().isEmpty())
            .map(cost -> Money.micros(cost.amount()))
            .orElse(null));
  }

  /// What was adrift when this agent began. What was reported is spent already.
  ///
  /// @param most what tasks that were under way may have cost; 0: there were none
  public void recover(long most) {
    ledger.boundAdrift(Purchase.Kind.CLOUD, most);
  }

  /// Why a task would not be paid for; nothing is set aside.
  public static Optional<Refusal> look(Ledger ledger, Worst worst) {
    return ledger.look(purchase(worst.micros()));
  }

  private static Purchase purchase(@Nullable Long micros) {
    return new Purchase(Purchase.Kind.CLOUD, WHAT, WORKFLOW, null, micros);
  }

  /// Sees that there is money for one more task.
  ///
  /// @return why there is none; empty: it may go, and [#done] must follow
  public Optional<Refusal> take(Worst worst) {
    lock.lock();
    try {
      Optional<Refusal> refusal = provide(worst);
      if (refusal.isEmpty()) {
        underWay += worst.known();
      }
      return refusal;
    } finally {
      lock.unlock();
    }
  }

  private Optional<Refusal> provide(Worst worst) {
    if (number != 0 && !day.equals(ledger.today())) {
      close();
    }
    long missing = underWay + ended + endedBefore + worst.known() - left;
    if (number != 0 && missing <= 0) {
      return Optional.empty();
    }
    long ahead = missing + AHEAD * worst.known();
    boolean plenty = worst.micros() != null && ledger.look(purchase(ahead)).isEmpty();
    long more = Math.max(0, plenty ? ahead : missing);
    Purchase wanted = purchase(worst.micros() == null ? null : Long.valueOf(more));
    Ledger.Decision decision = number == 0 ? ledger.reserve(wanted) : ledger.extend(number, wanted);
    return switch (decision) {
      case Ledger.Reserved(long given) -> {
        left = given == number ? left + more : more;
        number = given;
        day = ledger.today();
        yield Optional.empty();
      }
      case Ledger.Refused(Refusal refusal) -> Optional.of(refusal);
    };
  }

  private void close() {
    long over = number;
    database.<@Nullable Void>writeLazily(tx -> {
      ledger.release(tx, over);
      return null;
    });
    number = 0;
    left = 0;
  }

  /// A task is over.
  ///
  /// @param worst as it was taken
  /// @param cost what it cost, nearly
  public void done(Worst worst, Worst cost) {
    lock.lock();
    try {
      underWay -= worst.known();
      ended += Math.min(worst.known(), cost.known());
    } finally {
      lock.unlock();
    }
  }

  /// Adds what was used, and spends what it costs; survives a kill. When nothing is under way, what
  /// is left is free again.
  public void used(Map<CloudCounter, Long> counts) {
    lock.lock();
    try {
      boolean idle = underWay == 0;
      long spent = database.<Long>writeLazily(tx -> count(tx, counts, idle));
      left = Math.max(0, left - spent);
      endedBefore = ended;
      ended = 0;
      if (idle) {
        number = 0;
        left = 0;
        endedBefore = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  private long count(Tx tx, Map<CloudCounter, Long> counts, boolean idle) {
    Instant now = clock.instant();
    usage.add(tx, counts, now);
    LocalDate counted = now.atZone(ZoneOffset.UTC).toLocalDate();
    long micros = prices.map(known -> pay(tx, known, counted)).orElse(0L);
    long tasks = counts.getOrDefault(CloudCounter.TASKS, 0L);
    if (micros > 0 || tasks > 0) {
      if (number == 0 || !ledger.take(tx, number, micros, tasks)) {
        ledger.spend(tx, purchase(micros), tasks);
      }
    }
    if (idle && number != 0) {
      ledger.release(tx, number);
    }
    return micros;
  }

  /// What the day's counts cost more than has been paid for that day.
  private long pay(Tx tx, CloudPrices known, LocalDate counted) {
    BigDecimal cost = known.cost(usage.counts(tx, counted)).amount();
    long total = cost.movePointRight(MICROS).setScale(0, RoundingMode.HALF_UP).longValueExact();
    long before =
        tx.queryOne(
                "SELECT micros FROM cloud_paid WHERE day=?",
                row -> row.number(1),
                counted.toString())
            .orElse(0L);
    if (total <= before) {
      return 0;
    }
    tx.update(
        "INSERT INTO cloud_paid (day, micros) VALUES (?, ?)"
            + " ON CONFLICT (day) DO UPDATE SET micros = excluded.micros",
        counted.toString(),
        total);
    tx.update(
        "DELETE FROM cloud_paid WHERE day < ?", counted.minusDays(CloudUsage.DAYS_KEPT).toString());
    return total - before;
  }
}
