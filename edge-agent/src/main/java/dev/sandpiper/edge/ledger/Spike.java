package dev.sandpiper.edge.ledger;

import dev.sandpiper.edge.config.BrakesConfig;
import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.util.Optional;

/// Far more money than usual.
final class Spike implements Brakes.Brake {

  private final BrakesConfig config;
  private final Hours hours;
  private final long floor;

  Spike(BrakesConfig config, Hours hours) {
    this.config = config;
    this.hours = hours;
    this.floor = Money.micros(config.dollars());
  }

  @Override
  public Optional<String> look(Tx tx, Purchase purchase, Instant now) {
    long spent = hours.last(tx, purchase.workflow(), now).micros();
    if (spent < floor || spent == 0) {
      return Optional.empty();
    }
    long usual = hours.usual(tx, purchase.workflow(), now).micros();
    return spent < Math.max(floor, usual * config.factor())
        ? Optional.empty()
        : Optional.of(
            "it spent %s within an hour, and its usual hour costs %s"
                .formatted(Money.text(spent), Money.text(usual)));
  }
}
