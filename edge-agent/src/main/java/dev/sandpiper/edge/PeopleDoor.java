package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Sender;
import dev.sandpiper.edge.channel.web.Doorkeeper;
import dev.sandpiper.edge.channel.web.Visitor;
import dev.sandpiper.edge.channel.web.WebChannel;
import dev.sandpiper.edge.people.Account;
import dev.sandpiper.edge.people.Notice;
import dev.sandpiper.edge.people.Pairing;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Lets the household in at the page. A person has one account there, and so one conversation,
/// whatever they log in with: the oldest, should there be several.
final class PeopleDoor implements Doorkeeper {

  private static final int SUFFIX_BYTES = 6;

  private final Database database;
  private final ConversationDesk.Door door;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Locale language;

  /// @param random a cryptographic source
  /// @param language of an owner of whom nothing is known
  PeopleDoor(
      Database database,
      ConversationDesk.Door door,
      InstantSource clock,
      RandomGenerator random,
      Locale language) {
    this.database = database;
    this.door = door;
    this.clock = clock;
    this.random = random;
    this.language = language;
  }

  /// Whoever has the token is the owner; when nobody is known as one yet, somebody new.
  @Override
  public Visitor owner() {
    Optional<People.Entry> owner = findOwner();
    Optional<Visitor> known = owner.flatMap(PeopleDoor::visitor);
    if (known.isPresent()) {
      return known.get();
    }
    return database.write(tx -> {
      Account account = newAccount();
      Person person =
          owner.isPresent()
              ? linked(tx, owner.get().person(), account)
              : door.people().admit(tx, account, Role.OWNER, "", language);
      return visitor(person, account);
    });
  }

  private Optional<People.Entry> findOwner() {
    List<People.Entry> owners =
        door.people().list().stream().filter(entry -> entry.person().role() == Role.OWNER).toList();
    return owners.stream()
        .filter(entry -> visitor(entry).isPresent())
        .findFirst()
        .or(() -> owners.stream().findFirst());
  }

  private Person linked(Tx tx, Person person, Account account) {
    String code = door.pairing().make(tx, new Pairing.Grant.Link(person));
    Sender sender = new Sender(account.channel(), account.id(), person.name(), null);
    Notice _ = door.guard().pair(tx, sender, code);
    return person;
  }

  @Override
  public Optional<Visitor> redeem(String code, String tag) {
    Account account = newAccount();
    Sender sender = new Sender(account.channel(), account.id(), "", tag);
    Notice notice = database.write(tx -> door.guard().pair(tx, sender, code));
    return notice instanceof Notice.Welcome(Person person, boolean _)
        ? door.people().list().stream()
            .filter(entry -> entry.person().id() == person.id())
            .findFirst()
            .flatMap(PeopleDoor::visitor)
        : Optional.empty();
  }

  @Override
  public Optional<Visitor> find(String visitor) {
    Account account = new Account(WebChannel.NAME, visitor);
    return door.people().find(account).map(person -> visitor(person, account));
  }

  /// Ids that are older come first.
  private Account newAccount() {
    byte[] suffix = new byte[SUFFIX_BYTES];
    random.nextBytes(suffix);
    return new Account(
        WebChannel.NAME, "%012x%s".formatted(clock.millis(), HexFormat.of().formatHex(suffix)));
  }

  private static Optional<Visitor> visitor(People.Entry entry) {
    return entry.accounts().stream()
        .filter(account -> account.channel().equals(WebChannel.NAME))
        .findFirst()
        .map(account -> visitor(entry.person(), account));
  }

  private static Visitor visitor(Person person, Account account) {
    return new Visitor(account.id(), person.name(), person.role() == Role.OWNER, person.language());
  }
}
