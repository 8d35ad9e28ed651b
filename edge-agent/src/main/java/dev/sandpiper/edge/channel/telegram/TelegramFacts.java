package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.store.Database;
import java.time.Instant;
import java.util.Optional;

/// The little that must be known after a restart. Updates are none of it: Telegram keeps those that
/// were not confirmed, and the inbox knows the ones it has.
final class TelegramFacts {
  private static final String MENU = "menu";
  private static final String WEBHOOK = "webhook";
  private static final String SECRET = "secret";
  private static final String POLL_AFTER = "poll_after";

  private final Database database;
  private final long bot;

  /// @param bot the bot's id: another token's facts are not this one's
  TelegramFacts(Database database, long bot) {
    this.database = database;
    this.bot = bot;
  }

  /// What the menu of commands was when it was last sent.
  Optional<String> findMenu() {
    return find(MENU);
  }

  void menu(String sent) {
    put(MENU, sent);
  }

  /// The webhook this agent has set and not yet deleted.
  Optional<String> findWebhook() {
    return find(WEBHOOK);
  }

  void webhook(String address) {
    put(WEBHOOK, address);
  }

  void noWebhook() {
    database.write(
        tx -> tx.update("DELETE FROM telegram_facts WHERE bot = ? AND name = ?", bot, WEBHOOK));
  }

  /// The webhook's secret, made by this agent.
  Optional<String> findSecret() {
    return find(SECRET);
  }

  void secret(String made) {
    put(SECRET, made);
  }

  /// When Telegram wants to be asked again.
  Instant pollAfter() {
    return find(POLL_AFTER).map(Long::parseLong).map(Instant::ofEpochMilli).orElse(Instant.EPOCH);
  }

  void pollAfter(Instant time) {
    put(POLL_AFTER, Long.toString(time.toEpochMilli()));
  }

  private Optional<String> find(String name) {
    return database.read(tx ->
        tx.queryOne(
            "SELECT value FROM telegram_facts WHERE bot = ? AND name = ?",
            row -> row.text(1),
            bot,
            name));
  }

  private void put(String name, String value) {
    database.write(tx ->
        tx.update(
            "INSERT INTO telegram_facts (bot, name, value) VALUES (?, ?, ?)"
                + " ON CONFLICT (bot, name) DO UPDATE SET value = excluded.value",
            bot,
            name,
            value));
  }
}
