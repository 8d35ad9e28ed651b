package dev.sandpiper.edge.work.remind;

import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.chat.Mailbox;
import dev.sandpiper.edge.chat.Outbox;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.queue.FailureKind;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.Lease;
import dev.sandpiper.edge.schedule.Schedule;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.talk.Messages;
import dev.sandpiper.edge.talk.Voice;
import dev.sandpiper.edge.work.JobWork;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Does what a schedule says. After a downtime a missed time is met once, and says so.
public final class RemindWork implements JobWork {
  /// What comes no later than this is on time.
  private static final Duration PUNCTUAL = Duration.ofMinutes(2);

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
      Outbox outbox) {}

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
    long job = lease.job().id();
    Optional<Schedule> due = parts.database().read(tx -> parts.schedules().due(tx, job));
    Optional<Person> person = due.flatMap(schedule -> parts.people().find(schedule.person()));
    List<Outgoing> pieces =
        due.isPresent() && person.isPresent() && !due.get().plan().asks()
            ? pieces(due.get(), person.get())
            : List.of();
    parts
        .database()
        .<@Nullable Void>write(tx -> {
          meet(tx, lease, person, pieces);
          return null;
        });
  }

  /// Cut outside the transaction: how a channel cuts is its own affair.
  private List<Outgoing> pieces(Schedule schedule, Person person) {
    Voice voice = new Voice(messages, person.language(), schedule.plan().zone());
    boolean late = Duration.between(schedule.next(), clock.instant()).compareTo(PUNCTUAL) > 0;
    String text = "⏰ " + schedule.plan().text();
    String said =
        late ? text + "\n\n" + voice.say("command.plan.late", voice.time(schedule.next())) : text;
    return parts.outbox().cut(schedule.address(), List.of(Outgoing.text(said)));
  }

  private void meet(Tx tx, Lease lease, Optional<Person> person, List<Outgoing> pieces) {
    Optional<Schedule> due = parts.schedules().due(tx, lease.job().id());
    boolean wanted = due.isPresent() && person.isPresent();
    if (!parts.queue().finish(tx, lease, wanted ? DONE : VOID) || due.isEmpty()) {
      return;
    }
    Schedule schedule = due.get();
    if (person.isEmpty()) {
      parts.schedules().cancel(tx, schedule.id());
      return;
    }
    if (schedule.plan().asks()) {
      String key = "schedule-" + schedule.id() + "-" + schedule.next().toEpochMilli();
      parts.mailbox().ask(tx, key, schedule.address(), schedule.person(), schedule.plan().text());
    } else {
      parts.outbox().put(tx, schedule.address(), null, pieces);
    }
    parts.schedules().advance(tx, schedule);
  }

  @Override
  public void failed(Lease lease, String reason) {
    parts
        .database()
        .write(tx -> parts.queue().retry(tx, lease, FailureKind.TRANSIENT, reason, null));
  }
}
