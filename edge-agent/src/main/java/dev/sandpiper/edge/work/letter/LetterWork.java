package dev.sandpiper.edge.work.letter;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.chat.Mailbox;
import dev.sandpiper.edge.chat.Outbox;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.queue.FailureKind;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.Lease;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.talk.Messages;
import dev.sandpiper.edge.talk.Voice;
import dev.sandpiper.edge.work.JobWork;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Writes the letter of a week to every owner, in the chat they wrote in last.
public final class LetterWork implements JobWork {

  private static final String DONE = "{\"state\":\"written\"}";
  private static final String VOID = "{\"state\":\"void\"}";

  private final Parts parts;
  private final Messages messages;
  private final ZoneId zone;

  /// What it works with.
  ///
  /// @param reachable whether a chat's channel is switched on
  public record Parts(
      Database database,
      JobQueue queue,
      Letters letters,
      Ledger ledger,
      People people,
      Mailbox mailbox,
      Outbox outbox,
      Predicate<Address> reachable) {}

  private record Letter(Address address, List<Outgoing> pieces) {}

  /// @param zone the owner's
  public LetterWork(Parts parts, Messages messages, ZoneId zone) {
    this.parts = parts;
    this.messages = messages;
    this.zone = zone;
  }

  @Override
  public Set<String> kinds() {
    return Set.of(Letters.KIND);
  }

  @Override
  public void run(Lease lease) {
    LocalDate due = LocalDate.parse(lease.job().payload().replace("\"", ""));
    List<Letter> letters = letters(due);
    parts
        .database()
        .<@Nullable Void>write(tx -> {
          meet(tx, lease, due, letters);
          return null;
        });
  }

  private void meet(Tx tx, Lease lease, LocalDate due, List<Letter> letters) {
    boolean wanted = !parts.letters().isWritten(tx, due);
    if (!parts.queue().finish(tx, lease, wanted ? DONE : VOID)) {
      return;
    }
    if (wanted) {
      letters.forEach(letter -> parts.outbox().put(tx, letter.address(), null, letter.pieces()));
      parts.letters().written(tx, due);
    }
    parts.letters().plan(tx);
  }

  /// Cut outside the transaction: how a channel cuts is its own affair.
  private List<Letter> letters(LocalDate due) {
    Week week = Week.before(due, zone, parts.database(), parts.ledger());
    List<Letter> letters = new ArrayList<>();
    if (week.spentNothing() && !parts.letters().wantsNothing()) {
      return letters;
    }
    for (People.Entry entry : parts.people().list()) {
      Person person = entry.person();
      if (person.role() == Role.OWNER) {
        Optional<Address> chat =
            parts.database().read(tx -> parts.mailbox().findLastChat(tx, person.id()));
        chat.filter(parts.reachable())
            .ifPresent(address -> {
              Voice voice = new Voice(messages, person.language(), zone);
              String text = week.text(voice, parts.people());
              letters.add(
                  new Letter(address, parts.outbox().cut(address, List.of(Outgoing.text(text)))));
            });
      }
    }
    return letters;
  }

  @Override
  public void failed(Lease lease, String reason) {
    parts
        .database()
        .write(tx -> parts.queue().retry(tx, lease, FailureKind.TRANSIENT, reason, null));
  }
}
