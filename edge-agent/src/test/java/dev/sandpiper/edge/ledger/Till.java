package dev.sandpiper.edge.ledger;

import dev.sandpiper.edge.config.BrakesConfig;
import dev.sandpiper.edge.config.Configs;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A ledger over a real database, with a clock that a test sets, and what it told the owners.
final class Till implements AutoCloseable {

  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  static final Map<Long, String> ROLES =
      Map.of(1L, "owner", 2L, "member", 3L, "guest", 4L, "guest");

  final List<Alarm> told = new ArrayList<>();
  final List<Refusal.Paused> watched = new ArrayList<>();
  private final Path file;
  private final String toml;
  Instant now = Instant.parse("2026-12-01T10:00:00Z");
  Database database;
  Ledger ledger;

  Till(Path folder, String toml) {
    this.file = folder.resolve("till.db");
    this.toml = toml;
    open();
  }

  private void open() {
    database = Database.open(file, DatabaseOptions.defaults());
    ledger =
        new Ledger(
            database,
            new Ledger.Rules(
                Configs.parse(toml).budgets(),
                ZONE,
                (_, person) -> Optional.ofNullable(ROLES.get(person)),
                toml.contains("[brakes]") ? Configs.parse(toml).brakes() : BrakesConfig.OFF),
            () -> now);
    ledger.tell((_, alarm) -> told.add(alarm));
    ledger.watch(watched::add);
  }

  /// The agent ends and begins again.
  int restart() {
    close();
    open();
    return ledger.recover();
  }

  static Purchase model(String workflow, @Nullable Long person, @Nullable Long micros) {
    return new Purchase(Purchase.Kind.MODEL, "everyday", workflow, person, micros);
  }

  static Purchase asking(String workflow, String content) {
    return new Purchase(Purchase.Kind.MODEL, "everyday", workflow, 2L, 1_000L, content);
  }

  /// The number of what was set aside.
  long reserve(Purchase purchase) {
    return switch (ledger.reserve(purchase)) {
      case Ledger.Reserved(long number) -> number;
      case Ledger.Refused(Refusal refusal) -> throw new AssertionError(refusal.words());
    };
  }

  /// The words it was refused with.
  String refused(Purchase purchase) {
    return switch (ledger.reserve(purchase)) {
      case Ledger.Reserved reserved -> throw new AssertionError(reserved);
      case Ledger.Refused(Refusal refusal) -> refusal.words();
    };
  }

  boolean settle(long number, @Nullable Long micros) {
    return database.write(tx -> ledger.settle(tx, number, new Ledger.Cost(micros, false)));
  }

  void spend(Purchase purchase, long micros) {
    boolean _ = settle(reserve(purchase), micros);
  }

  long spent() {
    return ledger.lines(LocalDate.EPOCH, LocalDate.of(9_000, 1, 1)).stream()
        .mapToLong(Ledger.Line::micros)
        .sum();
  }

  @Override
  public void close() {
    database.close();
  }
}
