package dev.sandpiper.edge.ledger;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.store.Database;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Ledgers for tests of what uses one.
public final class Ledgers {

  private Ledgers() {}

  /// One with the budgets and in the zone of a configuration; nobody has a role.
  public static Ledger of(Database database, InstantSource clock, AgentConfig config) {
    return new Ledger(
        database,
        new Ledger.Rules(
            config.budgets(), config.timeZone(), (_, _) -> Optional.empty(), config.brakes()),
        clock);
  }

  /// One without budgets.
  public static Ledger free(Database database, InstantSource clock) {
    return new Ledger(
        database, new Ledger.Rules(List.of(), ZoneOffset.UTC, (_, _) -> Optional.empty()), clock);
  }
}
