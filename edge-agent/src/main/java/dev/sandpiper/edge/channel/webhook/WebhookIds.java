package dev.sandpiper.edge.channel.webhook;

import dev.sandpiper.edge.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Ids that were taken. Senders repeat themselves for days, so they are kept for longer than that.
final class WebhookIds {

  private static final Duration KEPT = Duration.ofDays(7);

  private final Database database;
  private final InstantSource clock;

  WebhookIds(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  boolean isKnown(String hook, String id) {
    return database.read(tx ->
        tx.queryOne(
                "SELECT 1 FROM webhook_ids WHERE hook = ? AND id = ?",
                row -> row.number(1),
                hook,
                id)
            .isPresent());
  }

  void add(String hook, String id) {
    Instant now = clock.instant();
    database.write(tx -> {
      tx.update("DELETE FROM webhook_ids WHERE taken < ?", now.minus(KEPT));
      return tx.update(
          "INSERT OR IGNORE INTO webhook_ids (hook, id, taken) VALUES (?, ?, ?)", hook, id, now);
    });
  }
}
