package dev.sandpiper.edge.ledger;

import dev.sandpiper.edge.config.BrakesConfig;
import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.util.Optional;

/// Far more purchases than usual; or a schedule that comes too often, as one does that feeds
/// itself.
final class Rush implements Brakes.Brake {

  private static final String SCHEDULE = "schedule:";

  private final BrakesConfig config;
  private final Hours hours;

  Rush(BrakesConfig config, Hours hours) {
    this.config = config;
    this.hours = hours;
  }

  @Override
  public Optional<String> look(Tx tx, Purchase purchase, Instant now) {
    String workflow = purchase.workflow();
    long bought = hours.last(tx, workflow, now).purchases();
    boolean schedule = workflow.startsWith(SCHEDULE);
    int floor = schedule ? config.schedulePurchases() : config.purchases();
    if (bought < floor) {
      return Optional.empty();
    }
    if (schedule) {
      return Optional.of(
          "it bought %d times within an hour, and a schedule may %d times"
              .formatted(bought, floor));
    }
    long usual = hours.usual(tx, workflow, now).purchases();
    return bought < Math.max(floor, usual * config.factor())
        ? Optional.empty()
        : Optional.of(
            "it bought %d times within an hour, and its usual hour is %d times"
                .formatted(bought, usual));
  }
}
