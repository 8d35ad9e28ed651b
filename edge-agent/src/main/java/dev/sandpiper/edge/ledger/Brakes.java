package dev.sandpiper.edge.ledger;

import dev.sandpiper.edge.config.BrakesConfig;
import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stops a workflow that looks as if it had run away: it is paused, on the disk, until somebody
/// lets it go on. Everything happens in the transactions of the ledger.
final class Brakes {

  private final boolean on;
  private final ZoneId zone;
  private final Hours hours;
  private final Repeats repeats;
  private final List<Brake> all;

  /// Looks at what is about to be bought.
  interface Brake {
    /// What was seen that must not go on, as half a sentence; empty: nothing.
    Optional<String> look(Tx tx, Purchase purchase, Instant now);
  }

  Brakes(BrakesConfig config, ZoneId zone) {
    this.on = config.on();
    this.zone = zone;
    this.hours = new Hours();
    this.repeats = new Repeats(config.repeats(), config.window(), zone);
    this.all = List.of(repeats, new Rush(config, hours), new Spike(config, hours));
  }

  /// Why a workflow buys nothing now; empty: it may.
  Optional<Refusal.Paused> paused(Tx tx, String workflow) {
    return tx.queryOne(
        "SELECT workflow, seen, at FROM spending_pauses WHERE workflow=?",
        row -> new Refusal.Paused(row.text(1), row.text(2), row.instant(3).atZone(zone)),
        workflow);
  }

  /// All that are paused, the oldest pause first.
  List<Refusal.Paused> paused(Tx tx) {
    return tx.query(
        "SELECT workflow, seen, at FROM spending_pauses ORDER BY at, workflow",
        row -> new Refusal.Paused(row.text(1), row.text(2), row.instant(3).atZone(zone)));
  }

  /// Looks, and pauses the workflow when there is something to see. What costs nothing is not
  /// looked at.
  Optional<Refusal.Paused> pull(Tx tx, Purchase purchase, Instant now) {
    if (!looksAt(purchase.micros())) {
      return Optional.empty();
    }
    for (Brake brake : all) {
      Optional<String> seen = brake.look(tx, purchase, now);
      if (seen.isPresent()) {
        tx.update(
            "INSERT OR IGNORE INTO spending_pauses (workflow, seen, at) VALUES (?, ?, ?)",
            purchase.workflow(),
            seen.get(),
            now);
        return paused(tx, purchase.workflow());
      }
    }
    return Optional.empty();
  }

  /// Money was set aside for it.
  void bought(Tx tx, Purchase purchase, Instant now) {
    if (looksAt(purchase.micros())) {
      hours.add(tx, purchase.workflow(), new Hours.Sum(1, 0), now);
      repeats.add(tx, purchase.workflow(), purchase.content(), now);
    }
  }

  private boolean looksAt(@Nullable Long micros) {
    return on && (micros == null || micros > 0);
  }

  /// That much was spent.
  void spent(Tx tx, String workflow, long micros, Instant now) {
    if (on && micros > 0) {
      hours.add(tx, workflow, new Hours.Sum(0, micros), now);
    }
  }

  /// Nothing was bought after all.
  void undone(Tx tx, String workflow, @Nullable String content) {
    if (on) {
      repeats.takeBack(tx, workflow, content);
    }
  }

  /// Lets a workflow go on. What it did in the last hours is forgotten: it would be stopped at once
  /// again.
  ///
  /// @return whether it was paused
  boolean resume(Tx tx, String workflow, Instant now) {
    repeats.forget(tx, workflow);
    hours.forget(tx, workflow, now);
    return tx.update("DELETE FROM spending_pauses WHERE workflow=?", workflow) > 0;
  }
}
