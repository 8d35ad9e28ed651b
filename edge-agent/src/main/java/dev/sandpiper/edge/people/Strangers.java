package dev.sandpiper.edge.people;

import dev.sandpiper.edge.store.Tx;
import java.time.Duration;
import java.time.Instant;

/// What is remembered of those who are not let in: when they were told so, and how often they tried
/// a code. A bounded table, and bounded writes: there is no end of strangers.
final class Strangers {
  /// A stranger is told how to pair so often.
  static final Duration TOLD_EVERY = Duration.ofDays(1);

  /// Wrong codes are counted over this long.
  static final Duration WINDOW = Duration.ofMinutes(10);

  private static final int MOST = 1_000;
  private static final int MOST_TOLD = 60;
  private static final Duration TOLD_WINDOW = Duration.ofHours(1);
  private static final int MOST_TRIES = 5;
  private static final int MOST_TRIES_OVERALL = 100;

  /// Whether a stranger may be told now. Does not write.
  boolean mayTell(Tx tx, Account account, Instant now) {
    return count(tx, "told", now, TOLD_WINDOW) < MOST_TOLD && told(tx, account, now);
  }

  /// Remembers that a stranger has been told.
  void tell(Tx tx, Account account, Instant now) {
    add(tx, "told", now, TOLD_WINDOW);
    tx.update(
        "INSERT INTO strangers (channel, account, told, tries, since) VALUES (?1, ?2, ?3, 0, ?3)"
            + " ON CONFLICT (channel, account) DO UPDATE SET told=?3",
        account.channel(),
        account.id(),
        now);
    bound(tx);
  }

  /// Whether a code of this stranger may still be looked at. Does not write.
  boolean mayTry(Tx tx, Account account, Instant now) {
    return tries(tx, account, now) < MOST_TRIES
        && count(tx, "tries", now, WINDOW) < MOST_TRIES_OVERALL;
  }

  /// Counts a wrong code.
  ///
  /// @return whether this stranger may try again
  boolean tried(Tx tx, Account account, Instant now) {
    int tries = tries(tx, account, now) + 1;
    add(tx, "tries", now, WINDOW);
    tx.update(
        "INSERT INTO strangers (channel, account, told, tries, since) VALUES (?1, ?2, ?3, 1, ?3)"
            + " ON CONFLICT (channel, account) DO UPDATE SET told=?3, tries=?4,"
            + " since=CASE ?4 WHEN 1 THEN ?3 ELSE since END",
        account.channel(),
        account.id(),
        now,
        tries);
    bound(tx);
    return tries < MOST_TRIES;
  }

  private static boolean told(Tx tx, Account account, Instant now) {
    return tx.queryOne(
            "SELECT 1 FROM strangers WHERE channel=? AND account=? AND told>?",
            row -> row.number(1),
            account.channel(),
            account.id(),
            now.minus(TOLD_EVERY))
        .isEmpty();
  }

  private static int tries(Tx tx, Account account, Instant now) {
    return tx.queryOne(
            "SELECT tries FROM strangers WHERE channel=? AND account=? AND since>?",
            row -> (int) row.number(1),
            account.channel(),
            account.id(),
            now.minus(WINDOW))
        .orElse(0);
  }

  private static int count(Tx tx, String what, Instant now, Duration window) {
    return tx.queryOne(
            "SELECT count FROM stranger_counts WHERE what=? AND since>?",
            row -> (int) row.number(1),
            what,
            now.minus(window))
        .orElse(0);
  }

  private static void add(Tx tx, String what, Instant now, Duration window) {
    int count = count(tx, what, now, window) + 1;
    tx.update(
        "INSERT INTO stranger_counts (what, count, since) VALUES (?1, 1, ?2) ON CONFLICT (what)"
            + " DO UPDATE SET count=?3, since=CASE ?3 WHEN 1 THEN ?2 ELSE since END",
        what,
        now,
        count);
  }

  private static void bound(Tx tx) {
    tx.update(
        "DELETE FROM strangers WHERE (channel, account) IN (SELECT channel, account FROM strangers"
            + " ORDER BY told DESC LIMIT -1 OFFSET ?)",
        MOST);
  }
}
