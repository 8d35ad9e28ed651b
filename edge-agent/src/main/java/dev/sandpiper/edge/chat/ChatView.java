package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Questions about the conversation, and what a person may do to it.
public final class ChatView {
  private final Database database;
  private final Mailbox mailbox;
  private final Outbox outbox;
  private final Sessions sessions;
  private final List<ForgetWatch> forgets = new CopyOnWriteArrayList<>();

  public ChatView(Database database, Mailbox mailbox, Outbox outbox, Sessions sessions) {
    this.database = database;
    this.mailbox = mailbox;
    this.outbox = outbox;
    this.sessions = sessions;
  }

  /// How much stands how.
  ///
  /// @param open messages not answered yet
  /// @param parked messages that could not be answered
  /// @param toSend parcels not sent yet
  /// @param unknown parcels of which nobody knows whether they arrived
  /// @param refused parcels that the far side would not take
  /// @param stuck parcels that were tried too often or for too long
  public record Counts(int open, int parked, int toSend, int unknown, int refused, int stuck) {}

  /// A chat.
  ///
  /// @param last when something last came in
  public record Chat(Address address, long person, Instant last) {}

  /// How much stands how.
  public Counts counts() {
    return database.read(tx -> {
      Map<String, Integer> parcels = new TreeMap<>();
      tx.each(
          "SELECT state, count(*) FROM outbox WHERE state IN ('UNKNOWN', 'PARKED', 'REFUSED')"
              + " GROUP BY state",
          row -> {
            parcels.put(row.text(1), (int) row.number(2));
            return true;
          });
      return new Counts(
          count(tx, "messages WHERE state IN ('WAITING', 'OPEN')"),
          count(tx, "messages WHERE state = 'PARKED'"),
          count(tx, "outbox WHERE state IN ('READY', 'SENDING')"),
          parcels.getOrDefault("UNKNOWN", 0),
          parcels.getOrDefault("REFUSED", 0),
          parcels.getOrDefault("PARKED", 0));
    });
  }

  /// Chats, the liveliest first.
  public List<Chat> chats(int limit) {
    return database.read(tx ->
        tx.query(
            "SELECT address, person, max(received) FROM messages GROUP BY address"
                + " ORDER BY 3 DESC LIMIT ?",
            row -> new Chat(Address.of(row.text(1)), row.number(2), row.instant(3)),
            limit));
  }

  /// Messages that could not be answered, newest first.
  public List<Message> parked(int limit) {
    return mailbox.parked(limit);
  }

  /// Parcels of which nobody knows whether they arrived, newest first.
  public List<ParcelRow> unknown(int limit) {
    return outbox.list(ParcelState.UNKNOWN, limit);
  }

  /// Names who else keeps something of what was said.
  public void watchForgets(ForgetWatch watch) {
    forgets.add(watch);
  }

  /// Forgets what was said in a chat: history, answered messages, sent answers, and what others
  /// keep of them. What is under way stays.
  public void forget(Tx tx, Address address) {
    sessions.forget(tx, address);
    mailbox.forget(tx, address);
    outbox.forget(tx, address);
    forgets.forEach(watch -> watch.forgotten(tx, address));
  }

  private static int count(Tx tx, String what) {
    return tx.queryOne("SELECT count(*) FROM " + what, row -> (int) row.number(1)).orElse(0);
  }
}
