package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.circuit.Circuit;
import dev.sandpiper.edge.config.ModelConfig;
import dev.sandpiper.edge.config.ProviderConfig;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.config.SecretRef;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Row;
import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What can be read of models and their calls, beside a running agent too.
public final class ModelReport {

  private final Database database;

  public ModelReport(Database database) {
    this.database = database;
  }

  /// Answers from the cache.
  ///
  /// @param cached questions that were answered from it
  /// @param answered all questions that were answered
  public record Hits(long cached, long answered) {

    /// In hundredths, of all that were answered; 0 when none was.
    public long percent() {
      return answered == 0 ? 0 : Math.round(100.0 * cached / answered);
    }
  }

  /// The first time that a model answered under an id to the words of a prompt.
  ///
  /// @param model the owner's name of it
  /// @param answeredAs the provider's id
  public record Change(
      Instant at, String model, String answeredAs, String prompt, String promptHash) {}

  /// One side of a comparison, over the same questions as the other.
  ///
  /// @param shadow whether it is the hidden one
  /// @param questions how many were compared
  /// @param answered of them, how many got an answer
  /// @param firstMillis mean time to the first word; `null`: no answer had any
  /// @param totalMillis mean time of an answer
  /// @param outputTokens mean length in tokens
  /// @param characters mean length in characters
  /// @param micros what all of them cost, in millionths of a dollar; `null`: a price is unknown
  public record Side(
      String workflow,
      boolean shadow,
      String model,
      String answeredAs,
      String prompt,
      long questions,
      long answered,
      @Nullable Long firstMillis,
      long totalMillis,
      long outputTokens,
      long characters,
      @Nullable Long micros) {}

  /// How often a kept answer was given; shadows do not count.
  public Hits hits() {
    return read(tx ->
            tx.queryOne(
                    "SELECT coalesce(sum(cached), 0), coalesce(sum(calls - failed), 0)"
                        + " FROM model_days WHERE shadow = 0 AND workflow <> 'embed'",
                    row -> new Hits(row.number(1), row.number(2)))
                .orElseThrow())
        .orElse(new Hits(0, 0));
  }

  /// What has changed, the newest first.
  public List<Change> changes(int most) {
    return read(tx ->
            tx.query(
                "SELECT at, model, answered_as, prompt, prompt_hash FROM model_changes"
                    + " ORDER BY id DESC LIMIT ?",
                row ->
                    new Change(row.instant(1), row.text(2), row.text(3), row.text(4), row.text(5)),
                most))
        .orElse(List.of());
  }

  /// Both sides of what is compared, each pair of sides over the same questions.
  public List<Side> comparison() {
    String columns =
        " count(*), sum(%1$s.outcome = 'ANSWERED'),"
            + " avg(%1$s.first_millis) FILTER (WHERE %1$s.outcome = 'ANSWERED'),"
            + " avg(%1$s.total_millis) FILTER (WHERE %1$s.outcome = 'ANSWERED'),"
            + " avg(%1$s.output) FILTER (WHERE %1$s.outcome = 'ANSWERED'),"
            + " avg(%1$s.characters) FILTER (WHERE %1$s.outcome = 'ANSWERED'),"
            + " sum(%1$s.micros), count(*) - count(%1$s.micros)";
    String groups =
        " FROM model_calls AS hidden JOIN model_calls AS shown ON shown.id = hidden.shadow_of"
            + " GROUP BY hidden.workflow, shown.model, shown.answered_as, shown.prompt,"
            + " hidden.model, hidden.answered_as, hidden.prompt ORDER BY 1, 2, 3, 4,"
            + " hidden.model, hidden.answered_as, hidden.prompt";
    return read(
            tx -> {
              List<Side> shown = sides(tx, "shown", columns, groups);
              List<Side> hidden = sides(tx, "hidden", columns, groups);
              List<Side> both = new ArrayList<>();
              for (int i = 0; i < shown.size(); i++) {
                both.add(shown.get(i));
                both.add(hidden.get(i));
              }
              return both;
            })
        .orElse(List.of());
  }

  private static List<Side> sides(Tx tx, String side, String columns, String groups) {
    return tx.query(
        "SELECT shown.workflow, shown.model, shown.answered_as, shown.prompt, "
            + "%1$s.model, %1$s.answered_as, %1$s.prompt,".formatted(side)
            + columns.formatted(side)
            + groups,
        row -> side(row, side.equals("hidden")));
  }

  private static Side side(Row row, boolean shadow) {
    Long first = row.nullableNumber(10);
    return new Side(
        row.text(1),
        shadow,
        row.text(5),
        row.text(6),
        row.text(7),
        row.number(8),
        row.number(9),
        first == null ? null : Math.round(row.real(10)),
        Math.round(row.real(11)),
        Math.round(row.real(12)),
        Math.round(row.real(13)),
        row.number(15) > 0 ? null : row.number(14));
  }

  /// How a model stands in an agent's memory, in words.
  ///
  /// @param secrets fetches a key from its place
  public String state(
      ProviderConfig provider,
      ModelConfig model,
      Function<SecretRef, Secret> secrets,
      Instant now) {
    Optional<Circuit> circuit =
        read(tx -> ModelMemory.findCircuit(tx, model.name())).flatMap(found -> found);
    Instant retryAt = circuit.map(Circuit::retryAt).orElse(null);
    if (retryAt != null && circuit.isPresent()) {
      return "resting until %s: %s".formatted(Words.time(retryAt), circuit.get().reason());
    }
    long refused = provider.keys().stream().filter(key -> retired(provider, key, secrets)).count();
    if (refused == 0) {
      return "ready";
    }
    return refused == provider.keys().size()
        ? "none of its keys is accepted"
        : refused + " of its keys not accepted";
  }

  private boolean retired(
      ProviderConfig provider, SecretRef place, Function<SecretRef, Secret> secrets) {
    try {
      String key = secrets.apply(place).reveal();
      return read(tx ->
              ModelMemory.findSalt(tx)
                  .flatMap(
                      salt -> ModelMemory.findKey(tx, provider.name(), ModelMemory.hash(salt, key)))
                  .map(state -> state.retiredAt() != null)
                  .orElse(false))
          .orElse(false);
    } catch (dev.sandpiper.edge.config.ConfigException _) {
      return true;
    }
  }

  /// Empty when the database was written by an earlier version.
  private <T> Optional<T> read(Function<Tx, T> reading) {
    return database.read(tx ->
        tx.queryOne("SELECT 1 FROM sqlite_master WHERE name = 'model_calls'", row -> row.number(1))
            .map(_ -> reading.apply(tx)));
  }
}
