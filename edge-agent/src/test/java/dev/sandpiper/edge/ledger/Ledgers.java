package dev.sandpiper.edge.ledger;

import dev.sandpiper.edge.store.Database;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Ledgers for tests of what uses one.
public final class Ledgers {

  private Ledgers() {}

  /// One without budgets.
  public static Ledger free(Database database, InstantSource clock) {
    return new Ledger(
        database, new Ledger.Rules(List.of(), ZoneOffset.UTC, (_, _) -> Optional.empty()), clock);
  }
}
