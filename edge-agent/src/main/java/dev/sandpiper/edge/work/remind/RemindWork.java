package dev.sandpiper.edge.work.remind;

import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.chat.Mailbox;
import dev.sandpiper.edge.chat.Outbox;
import dev.sandpiper.edge.chat.Said;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.queue.FailureKind;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.Lease;
import dev.sandpiper.edge.schedule.Firing;
import dev.sandpiper.edge.schedule.Kind;
import dev.sandpiper.edge.schedule.Schedule;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.talk.Messages;
import dev.sandpiper.edge.talk.Voice;
import dev.sandpiper.edge.work.JobWork;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Does what a schedule says. What comes late says so.
public final class RemindWork implements JobWork {
  private static final String DONE = "{\"state\":\"said\"}";
  private static final String VOID = "{\"state\":\"void\"}";

  private final Parts parts;
  private final Messages messages;
  private final InstantSource clock;

  /// What it works with.
  public record Parts(
      Database database,
      JobQueue queue,
      Schedules schedules,
      People people,
      Mailbox mailbox,
      Outbox outbox,
      Digest digest) {}

  public RemindWork(Parts parts, Messages messages, InstantSource clock) {
    this.parts = parts;
    this.messages = messages;
    this.clock = clock;
  }

  @Override
  public Set<String> kinds() {
    return Set.of(Schedules.REMIND);
  }

  @Override
  public void run(Lease lease) {
    Instant now = clock.instant();
    Optional<Schedule> due = parts.database().read(tx -> parts.schedules().due(tx, lease.job()));
    Optional<Person> person =
        due.flatMap(schedule -> parts.people().find(schedule.owner().person()));
    Map<String, List<Outgoing>> pieces =
        due.isPresent() && person.isPresent()
            ? pieces(lease, due.get(), person.get(), now)
            : Map.of();
    parts
        .database()
        .<@Nullable Void>write(tx -> {
          meet(tx, lease, person, new Prepared(now, pieces));
          return null;
        });
  }

  /// What is said, made outside the transaction: how a channel cuts is its own affair.
  ///
  /// @param pieces by the firing's key
  private record Prepared(Instant now, Map<String, List<Outgoing>> pieces) {}

  private Map<String, List<Outgoing>> pieces(
      Lease lease, Schedule schedule, Person person, Instant now) {
    Map<String, List<Outgoing>> pieces = new HashMap<>();
    List<Firing> firings =
        parts.database().read(tx -> parts.schedules().foresee(tx, lease.job(), now));
    for (Firing firing : firings) {
      Voice voice = new Voice(messages, person.language(), schedule.plan().timing().zone());
      text(schedule, person, firing, voice)
          .ifPresent(text ->
              pieces.put(
                  firing.key(),
                  parts.outbox().cut(schedule.owner().address(), List.of(Outgoing.text(text)))));
    }
    return pieces;
  }

  private Optional<String> text(Schedule schedule, Person person, Firing firing, Voice voice) {
    String note = LateNote.of(voice, firing);
    String behind = note.isEmpty() ? "" : "\n\n" + note;
    return switch (schedule.plan().kind()) {
      case SAY -> Optional.of("⏰ " + schedule.plan().text() + behind);
      case DIGEST ->
          parts
              .digest()
              .text(new Digest.Order(schedule, person, firing), voice)
              .map(text -> text + behind);
      case ASK, HEARTBEAT -> Optional.empty();
    };
  }

  private void meet(Tx tx, Lease lease, Optional<Person> person, Prepared prepared) {
    Optional<Schedule> due = parts.schedules().due(tx, lease.job());
    boolean wanted = due.isPresent() && person.isPresent();
    if (!parts.queue().finish(tx, lease, wanted ? DONE : VOID) || due.isEmpty()) {
      return;
    }
    Schedule schedule = due.get();
    if (person.isEmpty()) {
      parts.schedules().cancel(tx, schedule.id());
      return;
    }
    List<Firing> begun =
        parts
            .schedules()
            .meet(
                tx,
                lease.job(),
                prepared.now(),
                key -> parts.mailbox().isOpen(tx, schedule.owner().address(), key));
    for (Firing firing : begun) {
      if (schedule.plan().kind().isRun()) {
        ask(tx, schedule, person.get(), firing);
      } else {
        List<Outgoing> pieces = prepared.pieces().getOrDefault(firing.key(), List.of());
        parts.outbox().put(tx, schedule.owner().address(), null, pieces);
        parts
            .schedules()
            .answered(
                tx,
                schedule.name(),
                firing.slot().at().toEpochMilli(),
                pieces.isEmpty() ? null : "");
      }
    }
  }

  private void ask(Tx tx, Schedule schedule, Person person, Firing firing) {
    Voice voice = new Voice(messages, person.language(), schedule.plan().timing().zone());
    boolean quiet =
        schedule.plan().kind() == Kind.HEARTBEAT && firing.outcome() != Firing.Outcome.BY_HAND;
    parts
        .mailbox()
        .ask(
            tx,
            firing.key(),
            schedule.owner().address(),
            schedule.owner().person(),
            new Said.Scheduled(
                schedule.plan().text(),
                schedule.name(),
                firing.slot().at().toEpochMilli(),
                quiet,
                LateNote.of(voice, firing)));
  }

  @Override
  public void failed(Lease lease, String reason) {
    parts
        .database()
        .write(tx -> parts.queue().retry(tx, lease, FailureKind.TRANSIENT, reason, null));
  }
}
