package dev.sandpiper.edge.channel.web;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The browsers that are logged in. Their secrets are kept as hashes: whoever reads the database
/// cannot use them.
public final class WebSessions {

  private static final int SECRET_BYTES = 32;
  private static final int MOST_PER_VISITOR = 20;
  private static final int LONGEST_DEVICE = 200;
  private static final Duration SEEN_STEP = Duration.ofMinutes(10);

  private final Database database;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Duration idle;

  /// @param random a cryptographic source
  /// @param idle a session that is not used for this long ends
  public WebSessions(
      Database database, InstantSource clock, RandomGenerator random, Duration idle) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.idle = idle;
  }

  /// A browser that is logged in.
  ///
  /// @param device what the browser calls itself
  public record Session(long id, String visitor, String device, Instant created, Instant seen) {}

  /// Begins one; of too many the one that was not used for longest ends.
  ///
  /// @return its secret, for the browser
  public String begin(String visitor, String device) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = clock.instant();
    String name = device.length() > LONGEST_DEVICE ? device.substring(0, LONGEST_DEVICE) : device;
    database.write(tx -> {
      tx.update("DELETE FROM web_sessions WHERE seen < ?", now.minus(idle));
      tx.update(
          "DELETE FROM web_sessions WHERE id IN (SELECT id FROM web_sessions WHERE visitor = ?"
              + " ORDER BY seen DESC, id DESC LIMIT -1 OFFSET ?)",
          visitor,
          MOST_PER_VISITOR - 1);
      return tx.insert(
          "INSERT INTO web_sessions (hash, visitor, device, created, seen) VALUES (?, ?, ?, ?, ?)",
          hash(secret),
          visitor,
          name,
          now,
          now);
    });
    return secret;
  }

  /// The session with this secret; that it was used is noted now and then.
  public Optional<Session> find(String secret) {
    Instant now = clock.instant();
    Optional<Session> found =
        database.read(tx ->
            tx.queryOne(
                "SELECT id, visitor, device, created, seen FROM web_sessions"
                    + " WHERE hash = ? AND seen >= ?",
                WebSessions::session,
                hash(secret),
                now.minus(idle)));
    found
        .filter(session -> session.seen().isBefore(now.minus(SEEN_STEP)))
        .ifPresent(session ->
            database.writeLazily(tx ->
                tx.update("UPDATE web_sessions SET seen = ? WHERE id = ?", now, session.id())));
    return found;
  }

  /// All of one visitor, the one used last first.
  public List<Session> list(String visitor) {
    return database.read(tx ->
        tx.query(
            "SELECT id, visitor, device, created, seen FROM web_sessions"
                + " WHERE visitor = ? AND seen >= ? ORDER BY seen DESC, id DESC",
            WebSessions::session,
            visitor,
            clock.instant().minus(idle)));
  }

  /// Ends one.
  ///
  /// @return whether the visitor had it
  public boolean end(String visitor, long id) {
    return database.write(
            tx -> tx.update("DELETE FROM web_sessions WHERE id = ? AND visitor = ?", id, visitor))
        > 0;
  }

  private static Session session(Row row) {
    return new Session(row.number(1), row.text(2), row.text(3), row.instant(4), row.instant(5));
  }

  private static String hash(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
