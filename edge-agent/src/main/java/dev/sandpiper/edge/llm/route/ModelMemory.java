package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.circuit.Circuit;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.StoreException;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.store.Work;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What is remembered of models and keys from one life of the agent to the next. Safe for use by
/// several threads.
final class ModelMemory {

  private static final int SALT_BYTES = 16;

  private final Database database;
  private final Journal journal;
  private final String salt;

  /// What is remembered of a key.
  ///
  /// @param limitedAt when the provider last had enough of it; `null`: never
  /// @param restUntil when it may be used again; `null`: now
  /// @param retiredAt when it was refused for good; `null`: never
  record KeyState(
      @Nullable Instant limitedAt, @Nullable Instant restUntil, @Nullable Instant retiredAt) {

    static final KeyState FRESH = new KeyState(null, null, null);
  }

  /// Reads what there is, or begins.
  ModelMemory(Database database, RandomGenerator random, Journal journal) {
    this.database = database;
    this.journal = journal;
    this.salt =
        database.write(tx ->
            findSalt(tx)
                .orElseGet(() -> {
                  byte[] bytes = new byte[SALT_BYTES];
                  random.nextBytes(bytes);
                  String fresh = HexFormat.of().formatHex(bytes);
                  tx.update("INSERT INTO model_salt (salt) VALUES (?)", fresh);
                  return fresh;
                }));
  }

  static Optional<String> findSalt(Tx tx) {
    return tx.queryOne("SELECT salt FROM model_salt", row -> row.text(1));
  }

  /// What a key is known by.
  String hash(String key) {
    return hash(salt, key);
  }

  static String hash(String salt, String key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  KeyState key(String provider, String hash) {
    return database.read(tx -> findKey(tx, provider, hash)).orElse(KeyState.FRESH);
  }

  static Optional<KeyState> findKey(Tx tx, String provider, String hash) {
    return tx.queryOne(
        "SELECT limited_at, rest_until, retired_at FROM model_keys WHERE provider = ? AND hash = ?",
        row -> new KeyState(row.nullableInstant(1), row.nullableInstant(2), row.nullableInstant(3)),
        provider,
        hash);
  }

  /// A key rests. It is on the disk when this returns: the provider said so, and a restart must not
  /// ask it sooner.
  void rests(String provider, String hash, Instant now, Instant until) {
    written(tx ->
        tx.update(
            "INSERT INTO model_keys (provider, hash, limited_at, rest_until) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (provider, hash) DO UPDATE SET"
                + " limited_at = excluded.limited_at, rest_until = excluded.rest_until",
            provider,
            hash,
            now,
            until));
  }

  /// A key is not used any more; the owner is told in the same transaction, the first time.
  void retired(String provider, String hash, Instant now, String reason, Work<Boolean> tell) {
    written(tx -> {
      int fresh =
          tx.update(
              "INSERT INTO model_keys (provider, hash, retired_at, reason) VALUES (?, ?, ?, ?)"
                  + " ON CONFLICT (provider, hash) DO UPDATE SET"
                  + " retired_at = excluded.retired_at, reason = excluded.reason"
                  + " WHERE retired_at IS NULL",
              provider,
              hash,
              now,
              reason);
      if (fresh > 0) {
        boolean _ = tell.run(tx);
      }
      return fresh;
    });
  }

  /// A key's account is empty; the owner is told in the same transaction, once for each rest.
  void emptied(String provider, String hash, Instant now, Instant until, Work<Boolean> tell) {
    written(tx -> {
      int changed =
          tx.update(
              "INSERT INTO model_keys (provider, hash, limited_at, rest_until) VALUES (?, ?, ?, ?)"
                  + " ON CONFLICT (provider, hash) DO UPDATE SET"
                  + " limited_at = excluded.limited_at, rest_until = excluded.rest_until"
                  + " WHERE rest_until IS NULL OR rest_until <= excluded.limited_at",
              provider,
              hash,
              now,
              until);
      if (changed > 0) {
        boolean _ = tell.run(tx);
      }
      return changed;
    });
  }

  Circuit circuit(String model) {
    return database.read(tx -> findCircuit(tx, model)).orElseGet(() -> new Circuit(0, null, null));
  }

  static Optional<Circuit> findCircuit(Tx tx, String model) {
    return tx.queryOne(
        "SELECT trips, retry_at, reason FROM model_circuits WHERE model = ?",
        row -> new Circuit((int) row.number(1), row.nullableInstant(2), row.nullableText(3)),
        model);
  }

  /// A power cut may undo it: then a model is tried once more than it need be.
  void circuit(String model, Circuit circuit) {
    try {
      int _ =
          database.writeLazily(tx ->
              tx.update(
                  "INSERT OR REPLACE INTO model_circuits (model, trips, retry_at, reason)"
                      + " VALUES (?, ?, ?, ?)",
                  model,
                  circuit.trips(),
                  circuit.retryAt(),
                  circuit.reason()));
    } catch (StoreException e) {
      journal.warn("circuit-not-remembered", "model", model, "reason", e);
    }
  }

  /// A disk that is full costs the memory of it, not the question that found it out.
  private void written(Work<Integer> work) {
    try {
      int _ = database.write(work);
    } catch (StoreException e) {
      journal.warn("model-key-not-remembered", "reason", e);
    }
  }
}
