package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.queue.Signal;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// What goes out. Methods that take a [Tx] belong to the caller's transaction: a message and what
/// caused it become durable together.
public final class Outbox {
  /// Ended parcels are cleared away once per so many new ones.
  private static final int CLEAR_EVERY = 256;

  private final Database database;
  private final Channels channels;
  private final ChatOptions options;
  private final InstantSource clock;
  private final ParcelRows rows;
  private final Signal signal = new Signal();
  private final List<AddressWatch> moves = new CopyOnWriteArrayList<>();
  private int added; // writer thread only

  public Outbox(Database database, Channels channels, ChatOptions options, InstantSource clock) {
    this.database = database;
    this.channels = channels;
    this.options = options;
    this.clock = clock;
    this.rows = database.read(ParcelRows::in);
  }

  /// Cuts messages into pieces that fit the channel. Not to be done inside a transaction.
  public List<Outgoing> cut(Address address, List<Outgoing> answers) {
    return channels
        .find(address.channel())
        .map(channel -> cut(channel, answers))
        .orElse(List.copyOf(answers));
  }

  private List<Outgoing> cut(Channel channel, List<Outgoing> answers) {
    List<Outgoing> pieces = new ArrayList<>();
    for (Outgoing answer : answers) {
      switch (answer) {
        case Outgoing.Text text -> pieces.addAll(texts(split(channel, text.markdown()), text));
        case Outgoing.Edit edit -> {
          List<String> parts = split(channel, edit.markdown());
          boolean one = parts.size() == 1;
          pieces.add(
              new Outgoing.Edit(edit.of(), parts.getFirst(), one ? edit.buttons() : List.of()));
          pieces.addAll(
              texts(parts.subList(1, parts.size()), new Outgoing.Text("", edit.buttons(), null)));
        }
        case Outgoing.Attachment file -> pieces.add(file);
      }
    }
    return pieces;
  }

  private List<String> split(Channel channel, String markdown) {
    List<String> parts = channel.split(markdown);
    if (parts.isEmpty()) {
      return List.of(markdown);
    }
    if (parts.size() <= options.maxPieces()) {
      return parts;
    }
    List<String> first = new ArrayList<>(parts.subList(0, options.maxPieces() - 1));
    first.add("…");
    return first;
  }

  /// The first piece answers, the last one has the buttons.
  private static List<Outgoing> texts(List<String> parts, Outgoing.Text whole) {
    List<Outgoing> texts = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      texts.add(
          new Outgoing.Text(
              parts.get(i),
              i == parts.size() - 1 ? whole.buttons() : List.of(),
              i == 0 ? whole.replyTo() : null));
    }
    return texts;
  }

  /// Puts pieces in, to be sent in this order after what the chat is sent already.
  ///
  /// @param message the message they answer; `null` when none
  /// @return their keys
  public List<String> put(Tx tx, Address address, @Nullable Long message, List<Outgoing> pieces) {
    List<String> keys = new ArrayList<>();
    for (Outgoing piece : pieces) {
      keys.add(
          rows.key(rows.insert(tx, address, message, OutgoingJson.write(piece), clock.instant())));
    }
    if (!keys.isEmpty()) {
      clearEnded(tx, keys.size());
      tx.afterCommit(signal::raise);
    }
    return keys;
  }

  /// Notes of which documents there are words in what was put in for a message.
  ///
  /// @param keys of the parcels
  public void quotes(Tx tx, long message, List<String> keys, Set<String> documents) {
    for (String document : documents) {
      for (String key : keys) {
        long parcel = rows.findId(key).orElseThrow();
        tx.update(
            "INSERT OR IGNORE INTO quotes (document, parcel, key, message) VALUES (?, ?, ?, ?)",
            document,
            parcel,
            key,
            message);
      }
    }
  }

  /// Sends a parked parcel again, or one of which nobody knows whether it arrived.
  ///
  /// @return whether there was such a parcel
  public boolean retry(Tx tx, long id) {
    boolean found =
        tx.update(
                "UPDATE outbox SET state='READY', due=?1, created=?1, updated=?1, attempts=0,"
                    + " doubted=NULL, reason=NULL WHERE id=?2 AND state IN ('PARKED', 'UNKNOWN',"
                    + " 'REFUSED')",
                clock.instant(),
                id)
            > 0;
    tx.afterCommit(signal::raise);
    return found;
  }

  /// Parcels that stand so, newest first.
  public List<ParcelRow> list(ParcelState state, int limit) {
    return database.read(tx -> rows.list(tx, state, limit));
  }

  /// Whether anything was ever put in for a message.
  public boolean hasAnswered(Tx tx, long message) {
    return tx.queryOne(
            "SELECT 1 FROM outbox WHERE message=? LIMIT 1", row -> row.number(1), message)
        .isPresent();
  }

  /// The parcel of a key.
  public Optional<ParcelRow> find(String key) {
    return database.read(tx -> rows.findId(key).flatMap(id -> rows.find(tx, id)));
  }

  /// How many parcels of a chat have not been sent, counted up to a limit.
  int waiting(Tx tx, Address address, int limit) {
    return ParcelRows.openCount(tx, address.text(), limit);
  }

  /// Whether a parcel that is not sent yet names a blob: a sweep must spare it.
  public boolean mentions(String sha256) {
    return database.read(tx ->
        tx.queryOne(
                "SELECT 1 FROM outbox WHERE state IN ('READY', 'SENDING') AND instr(content, ?)"
                    + " LIMIT 1",
                row -> row.number(1),
                sha256)
            .isPresent());
  }

  /// Names who is told when a chat moves.
  public void watchMoves(AddressWatch watch) {
    moves.add(watch);
  }

  /// Writes a chat's new address everywhere.
  void move(Tx tx, Address from, Address to) {
    tx.update("UPDATE outbox SET address=? WHERE address=?", to.text(), from.text());
    moves.forEach(watch -> watch.moved(tx, from, to));
  }

  /// Takes the words out of what was sent to a chat.
  void forget(Tx tx, Address address) {
    tx.update(
        "UPDATE outbox SET content='{}', reason=NULL WHERE address=? AND state NOT IN ('READY',"
            + " 'SENDING')",
        address.text());
  }

  ParcelRows rows() {
    return rows;
  }

  Signal signal() {
    return signal;
  }

  Database database() {
    return database;
  }

  /// The newest id is never removed, so no key is given out twice.
  private void clearEnded(Tx tx, int more) {
    added += more;
    if (added < CLEAR_EVERY) {
      return;
    }
    added = 0;
    tx.update(
        "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE id <= (SELECT max(id) FROM"
            + " outbox) - ? AND state NOT IN ('READY', 'SENDING') ORDER BY id LIMIT ?)",
        options.keepParcels(),
        4 * CLEAR_EVERY);
  }
}
