package dev.sandpiper.edge.people;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What whoever sits at the machine does to people: the terminal, or the holder of the agent's
/// token.
public final class PeopleControl {
  private final Database database;
  private final People people;
  private final Pairing pairing;
  private final Leaving leaving;

  /// @param leaving what else goes when somebody does
  public PeopleControl(Database database, People people, Pairing pairing, Leaving leaving) {
    this.database = database;
    this.people = people;
    this.pairing = pairing;
    this.leaving = leaving;
  }

  /// Takes away what belongs to somebody who is removed, in the same transaction.
  @FunctionalInterface
  public interface Leaving {
    /// Takes it away.
    void left(Tx tx, long person);
  }

  /// What came of a change.
  public sealed interface Change {
    /// It was made.
    record Done(Person person) implements Change {}

    /// There is no such person.
    record Unknown() implements Change {}

    /// The configuration says who they are; it would say so again at the next start.
    record Listed(Person person, Account account) implements Change {
      /// Why not, and what to do instead.
      public String message() {
        return "%s (%s) stands in people.%ss of the configuration: change it there, then restart the agent."
            .formatted(
                person.name(), account.text(), person.role().name().toLowerCase(Locale.ROOT));
      }
    }
  }

  /// Everybody.
  public List<People.Entry> list() {
    return people.list();
  }

  /// A code.
  ///
  /// @param role what its user will be
  public record Made(String code, Role role) {}

  /// Makes a code that lets somebody new in.
  ///
  /// @param role `null`: an owner when there is none yet, else a member
  /// @param name what they are called; `null`: what they call themselves
  public Made code(@Nullable Role role, @Nullable String name) {
    boolean first = people.list().stream().noneMatch(entry -> entry.person().role() == Role.OWNER);
    Role usual = first ? Role.OWNER : Role.MEMBER;
    Role given = role == null ? usual : role;
    Pairing.Grant grant = new Pairing.Grant.Newcomer(given, name);
    return new Made(database.<String>write(tx -> pairing.make(tx, grant)), given);
  }

  /// Makes a code for a further channel of somebody; empty when there is no such person.
  public Optional<Made> linkCode(long id) {
    return people
        .find(id)
        .map(person ->
            new Made(
                database.<String>write(tx -> pairing.make(tx, new Pairing.Grant.Link(person))),
                person.role()));
  }

  /// Gives somebody another role.
  public Change role(long id, Role role) {
    return change(id, (tx, person) -> people.role(tx, person.id(), role));
  }

  /// Shuts somebody out, on every channel.
  public Change remove(long id) {
    return change(
        id,
        (tx, person) -> {
          leaving.left(tx, person.id());
          people.remove(tx, person.id());
        });
  }

  private interface Step {
    void make(Tx tx, Person person);
  }

  private Change change(long id, Step step) {
    return database.<Change>write(tx -> {
      Optional<Person> person = people.find(tx, id);
      if (person.isEmpty()) {
        return new Change.Unknown();
      }
      Set<Account> listed = People.listedAccounts(tx, person.get());
      if (!listed.isEmpty()) {
        return new Change.Listed(person.get(), listed.iterator().next());
      }
      step.make(tx, person.get());
      return new Change.Done(people.find(tx, id).orElse(person.get()));
    });
  }
}
