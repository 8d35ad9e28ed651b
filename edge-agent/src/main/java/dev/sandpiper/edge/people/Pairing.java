package dev.sandpiper.edge.people;

import dev.sandpiper.edge.store.Tx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One-time codes that let somebody in. A code is made at the terminal, is good for ten minutes and
/// once; the database holds its hash.
public final class Pairing {
  /// How long a code is good.
  public static final Duration VALID = Duration.ofMinutes(10);

  /// Characters of a code.
  static final int LENGTH = 8;

  /// None looks like another: no 0 and O, no 1, I and L, no 2 and Z, no 5 and S, no 8 and B, no U
  /// and V. 24 letters, 8 times: 10^11 codes.
  private static final String LETTERS = "34679ACDEFGHJKMNPQRTVWXY";

  /// A code that was used stays known for this long, so that its message can come twice.
  private static final Duration KEPT = Duration.ofDays(1);

  private static final int MOST_CODES = 16;

  private final People people;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// @param random a cryptographic source
  public Pairing(People people, InstantSource clock, RandomGenerator random) {
    this.people = people;
    this.clock = clock;
    this.random = random;
  }

  /// What a code is for.
  public sealed interface Grant {
    /// Somebody new.
    ///
    /// @param name what they are called; `null`: what they call themselves
    record Newcomer(Role role, @Nullable String name) implements Grant {}

    /// A further channel of somebody who is known.
    record Link(Person person) implements Grant {}
  }

  /// Makes a code. The oldest one that was not used gives way when there are too many.
  ///
  /// @return the code as a person reads it, such as `K7QX-M3RD`
  public String make(Tx tx, Grant grant) {
    Instant now = clock.instant();
    tx.update("DELETE FROM pairing_codes WHERE expires<?", now.minus(KEPT));
    tx.update(
        "DELETE FROM pairing_codes WHERE id IN (SELECT id FROM pairing_codes WHERE used_by IS NULL"
            + " ORDER BY id DESC LIMIT -1 OFFSET ?)",
        MOST_CODES - 1);
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    Role role = grant instanceof Grant.Newcomer newcomer ? newcomer.role() : Role.GUEST;
    tx.insert(
        "INSERT INTO pairing_codes (hash, role, name, person, expires) VALUES (?, ?, ?, ?, ?)",
        hash(code.toString()),
        role,
        grant instanceof Grant.Newcomer newcomer ? newcomer.name() : null,
        grant instanceof Grant.Link link ? link.person().id() : null,
        now.plus(VALID));
    return code.insert(LENGTH / 2, '-').toString();
  }

  /// Uses a code. The same account may use it again, which changes nothing: its message was
  /// delivered twice.
  ///
  /// @param newcomer who uses it
  /// @return what they are told; empty when the code is wrong
  Optional<Notice> redeem(Tx tx, Account account, String code, Newcomer newcomer) {
    Optional<Code> found = match(tx, code, account);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Optional<Person> known = people.find(tx, account);
    Code used = found.get();
    if (known.isPresent()) {
      return Optional.of(
          used.usedBy() == null
              ? new Notice.KnownAlready(known.get())
              : new Notice.Welcome(known.get(), used.person() != null));
    }
    if (used.usedBy() != null) {
      return Optional.empty(); // whoever used it has been removed since
    }
    tx.update("UPDATE pairing_codes SET used_by=? WHERE id=?", account.text(), used.id());
    Optional<Person> linked = Optional.ofNullable(used.person()).flatMap(id -> people.find(tx, id));
    if (used.person() != null && linked.isEmpty()) {
      return Optional.empty();
    }
    String name = used.name() == null ? newcomer.name() : used.name();
    Person person = linked.orElseGet(() -> people.add(tx, name, used.role(), newcomer.language()));
    people.link(tx, person, account, false);
    return Optional.of(new Notice.Welcome(person, linked.isPresent()));
  }

  /// What somebody who is known is told about a code: that it let them in, when it did, or that
  /// they need none. Whether it would let in somebody else is not told.
  public Notice outcome(Tx tx, Person person, String code) {
    Optional<Code> used =
        tx
            .query(
                "SELECT channel, account FROM accounts WHERE person=? LIMIT 100",
                row -> new Account(row.text(1), row.text(2)),
                person.id())
            .stream()
            .flatMap(account ->
                match(tx, code, account)
                    .filter(found -> account.text().equals(found.usedBy()))
                    .stream())
            .findFirst();
    return used.isEmpty()
        ? new Notice.KnownAlready(person)
        : new Notice.Welcome(person, used.get().person() != null);
  }

  /// Who uses a code, as the far side has it.
  record Newcomer(String name, Locale language) {}

  /// Compares with every code, in a time that does not tell where they differ.
  private Optional<Code> match(Tx tx, String code, Account account) {
    byte[] hash = hash(plain(code)).getBytes(StandardCharsets.US_ASCII);
    List<Code> codes =
        tx.query(
            "SELECT id, hash, role, name, person, used_by FROM pairing_codes WHERE"
                + " (used_by IS NULL AND expires>?) OR used_by=? ORDER BY id DESC LIMIT 64",
            row ->
                new Code(
                    row.number(1),
                    row.text(2),
                    Role.valueOf(row.text(3)),
                    row.nullableText(4),
                    row.nullableNumber(5),
                    row.nullableText(6)),
            clock.instant(),
            account.text());
    Code found = null;
    for (Code candidate : codes) {
      if (MessageDigest.isEqual(candidate.hash().getBytes(StandardCharsets.US_ASCII), hash)) {
        found = candidate;
      }
    }
    return Optional.ofNullable(found);
  }

  private record Code(
      long id,
      String hash,
      Role role,
      @Nullable String name,
      @Nullable Long person,
      @Nullable String usedBy) {}

  /// Small letters, spaces and hyphens are how people type.
  private static String plain(String code) {
    String typed = code.length() > 4 * LENGTH ? code.substring(0, 4 * LENGTH) : code;
    return typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
  }

  private static String hash(String code) {
    try {
      byte[] bytes = code.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
