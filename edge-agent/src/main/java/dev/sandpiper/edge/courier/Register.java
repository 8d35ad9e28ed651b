package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.ObjectKeys;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.edge.courier.Ticket.State;
import dev.sandpiper.edge.courier.protocol.Fault;
import dev.sandpiper.edge.courier.protocol.Notice;
import dev.sandpiper.edge.courier.protocol.Order.Route;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every task on its way, and the only place where one is told: once. What a task leaves in the
/// cloud goes when the agent says that its outcome is durable, or at once when nobody waits.
final class Register {

  private final ObjectKeys keys;
  private final Sweeper sweeper;
  private final Voice voice;
  private final InstantSource clock;
  private final Duration deadline;
  private final Map<String, Ticket> tickets = new HashMap<>();

  /// Tasks nobody waits for, whose result may still come: until when it is looked for.
  private final Map<String, Instant> strays = new HashMap<>();

  /// Whose tasks this courier has had.
  private final Set<String> homes = new HashSet<>();

  private boolean owner;

  Register(ObjectKeys keys, Sweeper sweeper, Voice voice, InstantSource clock, Duration deadline) {
    this.keys = keys;
    this.sweeper = sweeper;
    this.voice = voice;
    this.clock = clock;
    this.deadline = deadline;
  }

  /// Takes a task in; `false` when it is known already.
  synchronized boolean open(Ticket ticket) {
    homes.add(home(ticket.id()));
    strays.remove(ticket.id());
    return tickets.putIfAbsent(ticket.id(), ticket) == null;
  }

  /// Results of an earlier life are this agent's: they go as they come.
  synchronized void own() {
    owner = true;
  }

  /// Ids begin with what tells one agent's home from another's.
  private static String home(String id) {
    int end = id.indexOf('-');
    return end < 0 ? id : id.substring(0, end);
  }

  /// Whether a document lies in the cloud for a task of this life.
  synchronized boolean needsDocument(String key) {
    return tickets.values().stream()
        .anyMatch(ticket -> keys.document(ticket.cloud().sha256()).equals(key));
  }

  /// Whether a result lies in the cloud for a task of this life.
  synchronized boolean needsResult(String key) {
    return tickets.values().stream().anyMatch(ticket -> keys.result(ticket.cloud()).equals(key));
  }

  Instant deadline() {
    return clock.instant().plus(deadline);
  }

  /// The ticket's document is in the cloud and held.
  synchronized void holds(Ticket ticket) {
    ticket.holdsDocument(true);
  }

  /// The job leaves; `false` when nobody waits for it any more: it must not be sent.
  synchronized boolean leaves(Ticket ticket) {
    if (ticket.dropped()) {
      close(ticket);
      return false;
    }
    ticket.state(State.DUE);
    return true;
  }

  /// The function was told to lay its result down for this task.
  synchronized void mayHaveResult(Ticket ticket) {
    ticket.hasResult(true);
  }

  /// How many tasks have no answer yet.
  synchronized int unanswered() {
    int count = 0;
    for (Ticket ticket : tickets.values()) {
      count += ticket.state() == State.TOLD ? 0 : 1;
    }
    return count;
  }

  /// How many results the queue owes: those awaited, and those nobody awaits any more.
  synchronized int due() {
    int count = strays.size();
    for (Ticket ticket : tickets.values()) {
      count += ticket.state() == State.DUE && !direct(ticket) ? 1 : 0;
    }
    return count;
  }

  private static boolean direct(Ticket ticket) {
    return ticket.route() == Route.DIRECT;
  }

  /// A result has come for a task that is known: whoever gets it must fetch and tell it. Empty when
  /// there is nothing to do: it was told, or is being fetched, and the message is noted.
  ///
  /// @param stored whether the message names an object
  synchronized Optional<Ticket> claim(Ticket ticket, Post.Delivery message, boolean stored) {
    ticket.messages().put(message.messageId(), message.receipt());
    ticket.hasResult(ticket.hasResult() || stored);
    if (ticket.state() != State.DUE) {
      return Optional.empty();
    }
    ticket.state(State.TAKING);
    return Optional.of(ticket);
  }

  /// The task a result belongs to; `null` when it is of an earlier life, or over.
  synchronized @Nullable Ticket find(String id) {
    return tickets.get(id);
  }

  /// Tells the agent what came of a task, unless it has been told.
  ///
  /// @return whether it was told; if not, nobody takes the file
  boolean answer(Ticket ticket, ParseReply reply, @Nullable Path file) {
    boolean first = tell(ticket);
    if (first) {
      voice.tell(new Notice.Answer(ticket.id(), reply, file));
    }
    return first;
  }

  private synchronized boolean tell(Ticket ticket) {
    if (ticket.dropped()) {
      close(ticket);
      return false;
    }
    boolean first = ticket.state() != State.TOLD && tickets.get(ticket.id()) == ticket;
    ticket.state(State.TOLD);
    return first;
  }

  /// Tells the agent that the cloud does not do a task. It is over here.
  void refuse(Ticket ticket, CloudException why) {
    synchronized (this) {
      if (ticket.state() == State.TOLD || tickets.get(ticket.id()) != ticket) {
        return;
      }
      boolean tell = !ticket.dropped();
      if (ticket.state() == State.DUE && why.fault() == Fault.NETWORK) {
        stray(ticket); // it may have been sent: nobody knows
      }
      close(ticket);
      if (!tell) {
        return;
      }
    }
    voice.tell(new Notice.Refused(ticket.id(), why.fault(), why.words()));
  }

  /// Tells the agent that nothing it waits for from the queue will come for now.
  void refuseDue(CloudException why) {
    List<Ticket> due;
    synchronized (this) {
      strays.clear();
      due =
          tickets.values().stream()
              .filter(ticket -> ticket.state() == State.DUE && !direct(ticket))
              .toList();
    }
    due.forEach(ticket -> refuse(ticket, why));
  }

  /// The outcome is durable on the edge.
  synchronized void stored(String id) {
    Ticket ticket = tickets.get(id);
    if (ticket != null && ticket.state() == State.TOLD) {
      close(ticket);
    }
  }

  /// Nobody waits any more. The document goes at once, which also ends the function's work; the
  /// result is looked for and deleted.
  synchronized void cancel(String id) {
    Ticket ticket = tickets.get(id);
    if (ticket == null) {
      return;
    }
    ticket.drop();
    switch (ticket.state()) {
      case LEAVING, TAKING -> {
        // whoever is at it sees that it is dropped
      }
      case DUE -> {
        if (!direct(ticket)) {
          stray(ticket);
          close(ticket);
        }
      }
      case TOLD -> close(ticket);
    }
  }

  /// Gives up the tasks whose time is over, and the results nobody waits for. The agent waits a
  /// little longer than this, and then takes the whole courier for broken.
  void expire() {
    List<Ticket> over = new ArrayList<>();
    List<Ticket> slow = new ArrayList<>();
    synchronized (this) {
      Instant now = clock.instant();
      strays.values().removeIf(now::isAfter);
      for (Ticket ticket : tickets.values()) {
        if (now.isAfter(ticket.deadline())) {
          switch (ticket.state()) {
            case DUE -> over.add(ticket);
            case LEAVING, TAKING -> {
              if (!ticket.dropped()) {
                ticket.drop(); // whoever is at it cleans up
                slow.add(ticket);
              }
            }
            case TOLD -> {
              // the agent has it
            }
          }
        }
      }
    }
    slow.forEach(this::tellSlow);
    for (Ticket ticket : over) {
      // Not a failure of the document: whoever is next may well parse it.
      refuse(
          ticket,
          new CloudException(
              Fault.MISSING,
              "The cloud gave no result within %d s (burst.aws.deadline)."
                  .formatted(deadline.toSeconds()),
              null));
      synchronized (this) {
        stray(ticket);
      }
    }
  }

  private void tellSlow(Ticket ticket) {
    voice.tell(
        new Notice.Refused(
            ticket.id(),
            Fault.MISSING,
            "A document was not carried to the cloud and back within %d s (burst.aws.deadline). On a slow line lower burst.aws.concurrency."
                .formatted(deadline.toSeconds())));
  }

  private void stray(Ticket ticket) {
    if (!direct(ticket)) {
      strays.put(ticket.id(), clock.instant().plus(deadline));
    }
  }

  /// What a task has left in the cloud goes.
  private void close(Ticket ticket) {
    if (!tickets.remove(ticket.id(), ticket)) {
      return;
    }
    String sha256 = ticket.cloud().sha256();
    if (ticket.hasResult() || !ticket.messages().isEmpty()) {
      sweeper.sweep(
          new Sweeper.Leftovers(
              sha256,
              ticket.holdsDocument(),
              keys.result(ticket.cloud()),
              List.copyOf(ticket.messages().values())));
    } else if (ticket.holdsDocument()) {
      sweeper.document(sha256);
    }
  }

  /// A result of an earlier life, or of a task that is over: nobody can use it. An object may be
  /// there even if this message names none: of another run of the same job. One of a lost agent is
  /// left where it is: that agent may be rebuilt.
  void sweep(ObjectKeys.CloudRequest request, Post.Delivery message) {
    synchronized (this) {
      if (!owner && !homes.contains(home(request.requestId()))) {
        return;
      }
      strays.remove(request.requestId());
    }
    sweeper.sweep(
        new Sweeper.Leftovers(
            request.sha256(), false, keys.result(request), List.of(message.receipt())));
  }

  /// Jobs that were never sent leave nothing behind.
  synchronized void closeLeaving() {
    for (Ticket ticket : List.copyOf(tickets.values())) {
      if (ticket.state() == State.LEAVING || (direct(ticket) && ticket.state() == State.DUE)) {
        close(ticket);
      }
    }
  }
}
