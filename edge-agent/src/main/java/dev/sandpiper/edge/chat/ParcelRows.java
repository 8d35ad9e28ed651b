package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.store.Row;
import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How parcels lie in their table.
///
/// @param tag begins every key of this home
record ParcelRows(String tag) {
  private static final String SELECT =
      "SELECT id, address, message, content, state, due, attempts, doubted, far_id, reason,"
          + " created, updated FROM outbox ";

  /// The index holds what is open only, so the words of a query must be the index's.
  private static final String OPEN = "state IN ('READY', 'SENDING')";

  static ParcelRows in(Tx tx) {
    return new ParcelRows(
        tx.queryOne("SELECT tag FROM chat_home", row -> row.text(1)).orElseThrow());
  }

  String key(long id) {
    return tag + Long.toString(id, Character.MAX_RADIX);
  }

  /// The row of a key; empty when it is not one of ours.
  Optional<Long> findId(String key) {
    if (!key.startsWith(tag)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(key.substring(tag.length()), Character.MAX_RADIX));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// Chats with something to send. One look-up in the index for each, however much waits there.
  static List<String> openAddresses(Tx tx) {
    return tx.query(
        "WITH RECURSIVE chats(address) AS (SELECT min(address) FROM outbox WHERE "
            + OPEN
            + " UNION ALL SELECT (SELECT min(o.address) FROM outbox o WHERE o.state IN ('READY',"
            + " 'SENDING') AND o.address > chats.address) FROM chats WHERE chats.address IS NOT NULL)"
            + " SELECT address FROM chats WHERE address IS NOT NULL",
        row -> row.text(1));
  }

  /// What is first in a chat.
  Optional<ParcelRow> head(Tx tx, String address) {
    return tx.queryOne(
        SELECT + "WHERE address=? AND " + OPEN + " ORDER BY id LIMIT 1", this::row, address);
  }

  static int openCount(Tx tx, String address, int limit) {
    return tx.queryOne(
            "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE address=? AND " + OPEN + " LIMIT ?)",
            row -> (int) row.number(1),
            address,
            limit)
        .orElse(0);
  }

  /// What another process was sending when it ended.
  List<ParcelRow> sending(Tx tx) {
    return tx.query(SELECT + "WHERE " + OPEN + " AND state='SENDING'", this::row);
  }

  Optional<ParcelRow> find(Tx tx, long id) {
    return tx.queryOne(SELECT + "WHERE id=?", this::row, id);
  }

  /// Parcels that stand so, newest first.
  List<ParcelRow> list(Tx tx, ParcelState state, int limit) {
    return tx.query(SELECT + "WHERE state=? ORDER BY id DESC LIMIT ?", this::row, state, limit);
  }

  long insert(Tx tx, Address address, @Nullable Long message, String content, Instant now) {
    return tx.insert(
        "INSERT INTO outbox (address, message, content, state, due, created, updated)"
            + " VALUES (?, ?, ?, 'READY', ?, ?, ?)",
        address.text(),
        message,
        content,
        now,
        now,
        now);
  }

  static void sending(Tx tx, long id, Instant now) {
    tx.update("UPDATE outbox SET state='SENDING', updated=? WHERE id=?", now, id);
  }

  static void sent(Tx tx, long id, @Nullable String farId, Instant now) {
    tx.update(
        "UPDATE outbox SET state='SENT', far_id=?, reason=NULL, updated=? WHERE id=?",
        farId,
        now,
        id);
  }

  static void end(Tx tx, long id, ParcelState state, String reason, Instant now) {
    tx.update("UPDATE outbox SET state=?, reason=?, updated=? WHERE id=?", state, reason, now, id);
  }

  /// Sends a parcel later.
  static void again(Tx tx, ParcelRow parcel, Instant due, @Nullable String reason, Instant now) {
    tx.update(
        "UPDATE outbox SET state='READY', due=?, attempts=?, doubted=?, reason=?, updated=?"
            + " WHERE id=?",
        due,
        parcel.attempts(),
        parcel.doubted(),
        reason,
        now,
        parcel.id());
  }

  private ParcelRow row(Row row) {
    return new ParcelRow(
        row.number(1),
        key(row.number(1)),
        Address.of(row.text(2)),
        row.nullableNumber(3),
        OutgoingJson.read(row.text(4)),
        ParcelState.valueOf(row.text(5)),
        row.instant(6),
        (int) row.number(7),
        row.nullableInstant(8),
        row.nullableText(9),
        row.nullableText(10),
        row.instant(11),
        row.instant(12));
  }
}
