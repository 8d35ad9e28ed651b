package dev.sandpiper.edge.people;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Row;
import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everybody who is let in. Methods that take a [Tx] belong to the caller's transaction.
public final class People {
  /// Longest name kept, in characters.
  static final int LONGEST_NAME = 64;

  private static final int MOST = 1_000;
  private static final String PERSON = "SELECT p.id, p.name, p.role, p.language FROM people p ";

  private final Database database;
  private final InstantSource clock;

  public People(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// A person and how they are known.
  ///
  /// @param listed those of the accounts that stand in the configuration
  /// @param model name of the model they have chosen; `null`: none
  public record Entry(
      Person person,
      List<Account> accounts,
      Set<Account> listed,
      @Nullable String model,
      Instant since) {
    public Entry {
      accounts = List.copyOf(accounts);
      listed = Set.copyOf(listed);
    }
  }

  /// The person behind an account.
  public Optional<Person> find(Account account) {
    return database.read(tx -> find(tx, account));
  }

  /// The same.
  public Optional<Person> find(Tx tx, Account account) {
    return tx.queryOne(
        PERSON + "JOIN accounts a ON a.person=p.id WHERE a.channel=? AND a.account=?",
        People::person,
        account.channel(),
        account.id());
  }

  /// A person by their number; empty when they have been removed.
  public Optional<Person> find(long id) {
    return database.read(tx -> find(tx, id));
  }

  /// The same.
  public Optional<Person> find(Tx tx, long id) {
    return tx.queryOne(PERSON + "WHERE p.id=?", People::person, id);
  }

  /// Everybody, in the order in which they came.
  public List<Entry> list() {
    return database.read(tx ->
        tx.query(PERSON + "ORDER BY p.id LIMIT " + MOST, People::person).stream()
            .map(person -> entry(tx, person))
            .toList());
  }

  /// Lets somebody in without a code, for a door that has made sure of them itself: the terminal,
  /// or whoever holds the agent's token. Somebody who is known stays as they are.
  public Person admit(Tx tx, Account account, Role role, String name, Locale language) {
    Optional<Person> known = find(tx, account);
    if (known.isPresent()) {
      return known.get();
    }
    Person person = add(tx, name, role, language);
    link(tx, person, account, false);
    return person;
  }

  /// Makes those and only those accounts listed that stand in the configuration.
  public void list(Tx tx, Map<Account, Role> allowlist, Locale language) {
    Set<Account> listed = new HashSet<>(listed(tx));
    for (Account gone : listed) {
      if (!allowlist.containsKey(gone)) {
        unlink(tx, gone);
      }
    }
    allowlist.entrySet().stream()
        .sorted(
            Comparator.comparing(Map.Entry<Account, Role>::getValue)
                .thenComparing(entry -> entry.getKey().text()))
        .forEach(entry -> enter(tx, entry.getKey(), entry.getValue(), language));
  }

  private void enter(Tx tx, Account account, Role role, Locale language) {
    Person person = find(tx, account).orElseGet(() -> add(tx, account.text(), role, language));
    link(tx, person, account, true);
    if (person.role() != role) {
      role(tx, person.id(), role);
    }
  }

  /// Gives somebody another role.
  ///
  /// @return whether there is such a person
  public boolean role(Tx tx, long person, Role role) {
    return tx.update("UPDATE people SET role=? WHERE id=?", role, person) > 0;
  }

  /// Speaks another language with somebody.
  public void language(Tx tx, long person, Locale language) {
    tx.update("UPDATE people SET language=? WHERE id=?", language.toLanguageTag(), person);
  }

  /// Remembers which model somebody wants to talk to.
  ///
  /// @param model the owner's name of it; `null`: the usual one
  public void model(Tx tx, long person, @Nullable String model) {
    tx.update("UPDATE people SET model=? WHERE id=?", model, person);
  }

  /// The model somebody has chosen; empty: the usual one.
  public Optional<String> findModel(long person) {
    return database.read(tx ->
        tx.queryOne(
            "SELECT model FROM people WHERE id=? AND model IS NOT NULL",
            row -> row.text(1),
            person));
  }

  /// Shuts somebody out, on every channel.
  ///
  /// @return whether there was such a person
  public boolean remove(Tx tx, long person) {
    tx.update("DELETE FROM accounts WHERE person=?", person);
    tx.update("DELETE FROM pairing_codes WHERE person=?", person);
    return tx.update("DELETE FROM people WHERE id=?", person) > 0;
  }

  /// Somebody new.
  Person add(Tx tx, String name, Role role, Locale language) {
    String shown = name.isBlank() ? role.name().toLowerCase(Locale.ROOT) : cut(name);
    long id =
        tx.insert(
            "INSERT INTO people (name, role, language, created) VALUES (?, ?, ?, ?)",
            shown,
            role,
            language.toLanguageTag(),
            clock.instant());
    return new Person(id, shown, role, language);
  }

  void link(Tx tx, Person person, Account account, boolean listed) {
    tx.update(
        "INSERT INTO accounts (channel, account, person, listed) VALUES (?1, ?2, ?3, ?4)"
            + " ON CONFLICT (channel, account) DO UPDATE SET listed=?4 WHERE listed<>?4",
        account.channel(),
        account.id(),
        person.id(),
        listed);
  }

  /// Somebody who was only a number writes for the first time: now they have a name, and perhaps a
  /// language.
  Person introduce(Tx tx, Person person, Account account, String name, @Nullable Locale language) {
    if (!person.name().equals(account.text()) || name.isBlank()) {
      return person;
    }
    Locale spoken = language == null ? person.language() : language;
    tx.update(
        "UPDATE people SET name=?, language=? WHERE id=?",
        cut(name),
        spoken.toLanguageTag(),
        person.id());
    return new Person(person.id(), cut(name), person.role(), spoken);
  }

  private static void unlink(Tx tx, Account account) {
    tx.update(
        "DELETE FROM accounts WHERE channel=? AND account=?", account.channel(), account.id());
  }

  private static List<Account> listed(Tx tx) {
    return tx.query(
        "SELECT channel, account FROM accounts WHERE listed=1 LIMIT " + MOST, People::account);
  }

  private static Entry entry(Tx tx, Person person) {
    List<Account> accounts = accounts(tx, person, "");
    Set<Account> listed = Set.copyOf(accounts(tx, person, "AND listed=1"));
    return tx.queryOne(
            "SELECT model, created FROM people WHERE id=?",
            row -> new Entry(person, accounts, listed, row.nullableText(1), row.instant(2)),
            person.id())
        .orElseThrow();
  }

  private static List<Account> accounts(Tx tx, Person person, String condition) {
    return tx.query(
        "SELECT channel, account FROM accounts WHERE person=? "
            + condition
            + " ORDER BY channel, account LIMIT "
            + MOST,
        People::account,
        person.id());
  }

  private static Account account(Row row) {
    return new Account(row.text(1), row.text(2));
  }

  private static Person person(Row row) {
    return new Person(
        row.number(1), row.text(2), Role.valueOf(row.text(3)), Locale.forLanguageTag(row.text(4)));
  }

  private static String cut(String name) {
    String line = name.strip().replaceAll("\\p{Cntrl}", " ");
    return line.codePointCount(0, line.length()) <= LONGEST_NAME
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_NAME));
  }
}
