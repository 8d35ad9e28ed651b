package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.queue.Job;
import dev.sandpiper.edge.queue.JobState;
import dev.sandpiper.edge.queue.JobWatch;
import dev.sandpiper.edge.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who waits to hear of which document. They are told in the transaction that ends its job: a
/// [Said.News] takes its place among the messages of their chat.
public final class Followers {
  private final Mailbox mailbox;
  private final Set<String> kinds;

  /// Somebody who waits.
  ///
  /// @param message with which the document came
  /// @param caption what was written with it
  public record Follower(long message, Address address, long person, String name, String caption) {}

  private record Row(
      long id, String document, Follower follower, @Nullable String progress, int round) {}

  /// @param kinds of the jobs that parse documents; their subject is the document
  public Followers(Mailbox mailbox, Outbox outbox, Set<String> kinds) {
    this.mailbox = mailbox;
    this.kinds = Set.copyOf(kinds);
    outbox.watchMoves(Followers::move);
  }

  /// A watch that hears of the jobs.
  public JobWatch watch() {
    return new JobWatch() {
      @Override
      public void ended(Tx tx, Job job, JobState state, @Nullable String reason) {
        if (kinds.contains(job.kind())) {
          tell(tx, job.subject(), state == JobState.PARKED);
        }
      }

      @Override
      public void resumed(Tx tx, Job job) {
        if (kinds.contains(job.kind())) {
          tx.update("UPDATE followers SET rounds=rounds+1 WHERE document=?", job.subject());
        }
      }
    };
  }

  /// Lets somebody hear of a document, once for each message it came with.
  ///
  /// @return its number, for buttons
  public long follow(Tx tx, String document, Follower follower) {
    tx.update(
        "INSERT OR IGNORE INTO followers (document, message, address, person, name, caption)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        document,
        follower.message(),
        follower.address().text(),
        follower.person(),
        follower.name(),
        follower.caption());
    return tx.queryOne(
            "SELECT id FROM followers WHERE document=? AND message=?",
            row -> row.number(1),
            document,
            follower.message())
        .orElseThrow();
  }

  /// Names the message that says that a document is being read.
  public void progress(Tx tx, long follower, String key) {
    tx.update("UPDATE followers SET progress=? WHERE id=?", key, follower);
  }

  /// Tells those who wait for a document how it stands.
  ///
  /// @param parked whether it may still go on: then they stay
  public void tell(Tx tx, String document, boolean parked) {
    for (Row row : rows(tx, document)) {
      Follower who = row.follower();
      mailbox.note(
          tx,
          key(row, parked),
          who.address(),
          who.person(),
          new Said.News(document, who.name(), who.caption(), row.progress()));
      if (!parked) {
        tx.update("DELETE FROM followers WHERE id=?", row.id());
      }
    }
  }

  /// Once for each end of each round: several parts of a document may be parked after each other.
  private static String key(Row row, boolean parked) {
    return "news-"
        + row.follower().message()
        + "-"
        + row.document()
        + "-"
        + row.round()
        + (parked ? "-parked" : "");
  }

  private static List<Row> rows(Tx tx, String document) {
    return tx.query(
        "SELECT id, document, message, address, person, name, caption, progress, rounds FROM"
            + " followers WHERE document=?",
        row ->
            new Row(
                row.number(1),
                row.text(2),
                new Follower(
                    row.number(3),
                    Address.of(row.text(4)),
                    row.number(5),
                    row.text(6),
                    row.text(7)),
                row.nullableText(8),
                (int) row.number(9)),
        document);
  }

  /// The document of a button that hangs in this chat.
  static Optional<String> document(Tx tx, long follower, Address address) {
    return tx.queryOne(
        "SELECT document FROM followers WHERE id=? AND address=?",
        row -> row.text(1),
        follower,
        address.text());
  }

  /// The number of one who waits for a document in a chat.
  public static OptionalLong find(Tx tx, String document, Address address) {
    return tx.queryOne(
            "SELECT id FROM followers WHERE document=? AND address=? ORDER BY id LIMIT 1",
            row -> OptionalLong.of(row.number(1)),
            document,
            address.text())
        .orElse(OptionalLong.empty());
  }

  /// What a chat waits for.
  static List<String> documents(Tx tx, Address address) {
    return tx.query(
        "SELECT DISTINCT document FROM followers WHERE address=? LIMIT 100",
        row -> row.text(1),
        address.text());
  }

  /// One who waits for a document.
  ///
  /// @param progress key of the message that says it is being read; empty when there is none
  record Waiting(long id, Address address, long person, String name, String progress) {}

  /// All who wait for a document, in whatever chat.
  static List<Waiting> waiting(Tx tx, String document) {
    return rows(tx, document).stream()
        .map(row ->
            new Waiting(
                row.id(),
                row.follower().address(),
                row.follower().person(),
                row.follower().name(),
                row.progress() == null ? "" : row.progress()))
        .toList();
  }

  /// Lets one wait no longer.
  static void leave(Tx tx, long id) {
    tx.update("DELETE FROM followers WHERE id=?", id);
  }

  private static void move(Tx tx, Address from, Address to) {
    tx.update("UPDATE followers SET address=? WHERE address=?", to.text(), from.text());
  }
}
