package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.store.Row;
import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How messages lie in their table.
final class MessageRows {
  private static final String SELECT =
      "SELECT id, address, person, state, job, content, reason, received FROM messages ";

  private MessageRows() {}

  static boolean isKnown(Tx tx, String channel, String updateKey) {
    return tx.queryOne(
            "SELECT 1 FROM messages WHERE channel=? AND update_key=?",
            row -> row.number(1),
            channel,
            updateKey)
        .isPresent();
  }

  static boolean isOpen(Tx tx, String channel, String updateKey) {
    return tx.queryOne(
            "SELECT 1 FROM messages WHERE channel=? AND update_key=? AND state IN ('WAITING',"
                + " 'OPEN')",
            row -> row.number(1),
            channel,
            updateKey)
        .isPresent();
  }

  /// What a new message is made of.
  record New(String channel, String updateKey, Address address, long person, Said said) {}

  static long insert(Tx tx, New message, MessageState state, Instant now) {
    return tx.insert(
        "INSERT INTO messages (channel, update_key, address, person, state, content, received,"
            + " ended) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        message.channel(),
        message.updateKey(),
        message.address().text(),
        message.person(),
        state,
        SaidJson.write(message.said()),
        now,
        state == MessageState.DONE ? now : null);
  }

  static Optional<Message> find(Tx tx, long id) {
    return tx.queryOne(SELECT + "WHERE id=?", MessageRows::message, id);
  }

  /// The message of a chat that has a job.
  static Optional<Message> open(Tx tx, String address) {
    return tx.queryOne(
        SELECT
            + "WHERE address=? AND state IN ('WAITING', 'OPEN') AND state='OPEN' ORDER BY id"
            + " LIMIT 1",
        MessageRows::message,
        address);
  }

  static Optional<Message> firstWaiting(Tx tx, String address) {
    return tx.queryOne(
        SELECT
            + "WHERE address=? AND state IN ('WAITING', 'OPEN') AND state='WAITING' ORDER BY id"
            + " LIMIT 1",
        MessageRows::message,
        address);
  }

  static int unanswered(Tx tx, String address, int limit) {
    return tx.queryOne(
            "SELECT count(*) FROM (SELECT 1 FROM messages WHERE address=? AND state IN ('WAITING',"
                + " 'OPEN') LIMIT ?)",
            row -> (int) row.number(1),
            address,
            limit)
        .orElse(0);
  }

  static List<Message> parked(Tx tx, String address, int limit) {
    return tx.query(
        SELECT + "WHERE address=? AND state='PARKED' ORDER BY id DESC LIMIT ?",
        MessageRows::message,
        address,
        limit);
  }

  static List<Message> parked(Tx tx, int limit) {
    return tx.query(
        SELECT + "WHERE state='PARKED' ORDER BY id DESC LIMIT ?", MessageRows::message, limit);
  }

  static void state(Tx tx, long id, MessageState state, @Nullable Long job) {
    tx.update("UPDATE messages SET state=?, job=?, reason=NULL WHERE id=?", state, job, id);
  }

  static void end(Tx tx, long id, MessageState state, @Nullable String reason, Instant now) {
    tx.update("UPDATE messages SET state=?, reason=?, ended=? WHERE id=?", state, reason, now, id);
  }

  /// Takes the words out of a message.
  static void empty(Tx tx, long id) {
    tx.update("UPDATE messages SET content='{}' WHERE id=?", id);
  }

  private static Message message(Row row) {
    return new Message(
        row.number(1),
        Address.of(row.text(2)),
        row.number(3),
        MessageState.valueOf(row.text(4)),
        row.nullableNumber(5),
        SaidJson.read(row.text(6)),
        row.nullableText(7),
        row.instant(8));
  }
}
