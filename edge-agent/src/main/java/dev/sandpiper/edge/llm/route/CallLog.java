package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.config.LlmConfig;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.ledger.Phrase;
import dev.sandpiper.edge.ledger.Purchase;
import dev.sandpiper.edge.ledger.Refusal;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.ModelException.Kind;
import dev.sandpiper.edge.llm.Purpose;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.StoreException;
import dev.sandpiper.edge.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// Sets money aside for every call, and writes down what it took. What is set aside survives a
/// power cut; what is written down survives a kill, and a power cut but for the last moments: then
/// that call is adrift.
final class CallLog implements Spending {

  /// Two years and a bit: last year's bill can still be compared.
  private static final int DAYS_KEPT = 800;

  private static final int MOST_CHANGES = 10_000;

  /// What the hidden second answers are counted as.
  private static final String COMPARE = "compare";

  /// Old calls that go with each new one: more than come.
  private static final int TIDIED = 20;

  private final Database database;
  private final Ledger ledger;
  private final LlmConfig.Keeping keeping;
  private final Journal journal;
  private final InstantSource clock;

  CallLog(RouterParts parts, LlmConfig.Keeping keeping, RouterWorld world) {
    this.database = parts.database();
    this.ledger = parts.ledger();
    this.keeping = keeping;
    this.journal = world.journal();
    this.clock = world.clock();
  }

  @Override
  public Reservation reserve(Plan plan) throws ModelException {
    Purpose purpose = plan.purpose();
    Purchase purchase =
        new Purchase(
            Purchase.Kind.MODEL,
            plan.model(),
            plan.shadow() ? COMPARE : purpose.workflow(),
            purpose.person(),
            plan.micros(),
            plan.content());
    return switch (ledger.reserve(purchase)) {
      case Ledger.Reserved(long number) -> call -> write(call, number);
      case Ledger.Refused(Refusal refusal) -> throw refused(refusal);
    };
  }

  private ModelException refused(Refusal refusal) {
    Phrase phrase = Phrase.of(refusal);
    return new ModelException(
        Kind.OVER_BUDGET,
        refusal.words(),
        new ModelException.More(
            refusal.again().map(this::until).orElse(null),
            Usage.NONE,
            List.of(new ModelException.Reason(phrase.key(), phrase.args()))),
        null);
  }

  private Duration until(Instant again) {
    return Duration.between(clock.instant(), again);
  }

  /// Writes down what cost nothing.
  long write(Call call) {
    return write(call, 0);
  }

  /// A full disk costs the row, not the answer; what was set aside stays so then.
  private long write(Call call, long number) {
    try {
      return database.writeLazily(tx -> {
        if (number != 0) {
          settle(tx, call, number);
        }
        long id = row(tx, call);
        day(tx, call);
        change(tx, call);
        tidy(tx, call, id);
        return id;
      });
    } catch (StoreException e) {
      journal.warn("model-call-not-logged", "model", call.asked().model(), "reason", e);
      return 0;
    }
  }

  /// What a call without an answer cost is known to the provider alone, when it says nothing.
  private void settle(Tx tx, Call call, long number) {
    boolean counted = call.usage().complete();
    if (counted || call.outcome().equals(Call.ANSWERED)) {
      boolean _ = ledger.settle(tx, number, new Ledger.Cost(call.micros(), !counted));
    } else {
      ledger.lose(tx, number);
    }
  }

  private static long row(Tx tx, Call call) {
    Call.Asked asked = call.asked();
    Usage usage = call.usage();
    return tx.insert(
        "INSERT INTO model_calls (at, workflow, person, model, provider, answered_as, prompt,"
            + " prompt_hash, outcome, input, cached_input, cache_writes, output, reasoning,"
            + " complete, micros, first_millis, total_millis, characters, cached, shadow,"
            + " shadow_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        call.at(),
        asked.purpose().workflow(),
        asked.purpose().person(),
        asked.model(),
        asked.provider(),
        call.answeredAs(),
        asked.purpose().prompt(),
        asked.promptHash(),
        call.outcome(),
        usage.input(),
        usage.cachedInput(),
        usage.cacheWrites(),
        usage.output(),
        usage.reasoning(),
        usage.complete(),
        call.micros(),
        call.firstMillis(),
        call.totalMillis(),
        call.characters(),
        call.cached(),
        asked.shadow(),
        asked.shadowOf());
  }

  private static void day(Tx tx, Call call) {
    Call.Asked asked = call.asked();
    Usage usage = call.usage();
    Long person = asked.purpose().person();
    Long micros = call.micros();
    LocalDate day = call.at().atZone(ZoneOffset.UTC).toLocalDate();
    tx.update(
        "INSERT INTO model_days (day, workflow, person, model, shadow, calls, failed, cached,"
            + " input, cached_input, cache_writes, output, reasoning, micros, unpriced)"
            + " VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (day, workflow, person, model, shadow) DO UPDATE SET"
            + " calls = calls + 1, failed = failed + excluded.failed,"
            + " cached = cached + excluded.cached, input = input + excluded.input,"
            + " cached_input = cached_input + excluded.cached_input,"
            + " cache_writes = cache_writes + excluded.cache_writes,"
            + " output = output + excluded.output, reasoning = reasoning + excluded.reasoning,"
            + " micros = micros + excluded.micros, unpriced = unpriced + excluded.unpriced",
        day.toString(),
        asked.purpose().workflow(),
        person == null ? 0L : person,
        asked.model(),
        asked.shadow(),
        !call.outcome().equals(Call.ANSWERED),
        call.cached(),
        usage.input(),
        usage.cachedInput(),
        usage.cacheWrites(),
        usage.output(),
        usage.reasoning(),
        micros == null ? 0L : micros,
        micros == null);
    tx.update("DELETE FROM model_days WHERE day < ?", day.minusDays(DAYS_KEPT).toString());
  }

  private static void change(Tx tx, Call call) {
    if (call.outcome().equals(Call.ANSWERED) && !call.cached()) {
      int added =
          tx.update(
              "INSERT OR IGNORE INTO model_changes (at, model, answered_as, prompt, prompt_hash)"
                  + " VALUES (?, ?, ?, ?, ?)",
              call.at(),
              call.asked().model(),
              call.answeredAs(),
              call.asked().purpose().prompt(),
              call.asked().promptHash());
      if (added > 0) {
        tx.update(
            "DELETE FROM model_changes WHERE id <= (SELECT max(id) FROM model_changes) - ?",
            MOST_CHANGES);
      }
    }
  }

  private void tidy(Tx tx, Call call, long id) {
    tx.update("DELETE FROM model_calls WHERE id <= ?", id - keeping.calls());
    tx.update(
        "DELETE FROM model_calls WHERE id IN (SELECT id FROM model_calls ORDER BY id LIMIT ?)"
            + " AND at < ?",
        TIDIED,
        call.at().minus(keeping.callAge()));
  }
}
