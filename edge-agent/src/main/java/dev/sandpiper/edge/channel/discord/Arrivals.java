package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.channel.Inbox;
import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.store.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Takes the events of the gateway one after the other, on a thread of its own, so that heartbeats
/// go on meanwhile. What cannot be taken now is let go with everything after it: the session is
/// broken off and resumed, and Discord tells it all again.
final class Arrivals {

  private static final int MOST_WAITING = 1_000;

  private final Inbox inbox;
  private final Memory memory;
  private final Missed missed;
  private final Acks acks;
  private final Journal journal;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Event> waiting = new ArrayDeque<>();
  private Runnable breakOff = () -> {};
  private boolean open;
  private boolean busy;

  /// Something to do, in order.
  private sealed interface Event {
    /// Fetches what was missed, if anything was.
    record CatchUp() implements Event {}

    /// An event of the session.
    record Told(String type, JsonValue data, long seq) implements Event {}
  }

  Arrivals(Inbox inbox, Memory memory, Missed missed, Acks acks, Journal journal) {
    this.inbox = inbox;
    this.memory = memory;
    this.missed = missed;
    this.acks = acks;
    this.journal = journal;
  }

  /// A connection begins; what the one before left has been dropped and is told again.
  ///
  /// @param close ends the connection when an event cannot be taken
  void begin(Runnable close) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (busy) {
        changed.await();
      }
      waiting.clear();
      breakOff = close;
      open = true;
    } finally {
      lock.unlock();
    }
  }

  /// The connection is over: what waits will be told again.
  void end() {
    lock.lock();
    try {
      open = false;
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void catchUp() {
    add(new Event.CatchUp());
  }

  void told(String type, JsonValue data, long seq) {
    add(new Event.Told(type, data, seq));
  }

  private void add(Event event) {
    boolean full;
    lock.lock();
    try {
      full = open && waiting.size() >= MOST_WAITING;
      if (open && !full) {
        waiting.addLast(event);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (full) {
      fail("more than %,d events wait".formatted(MOST_WAITING), null);
    }
  }

  private void fail(String why, @Nullable Exception e) {
    journal.warn("discord-events-put-off", "reason", e == null ? why : e);
    Runnable close;
    lock.lock();
    try {
      close = breakOff;
    } finally {
      lock.unlock();
    }
    end();
    close.run();
  }

  /// Works until it is interrupted.
  void run() {
    try {
      while (true) {
        Event event = next();
        try {
          handle(event);
        } finally {
          done();
        }
      }
    } catch (InterruptedException _) {
      // the agent stops; what waits is told again
    }
  }

  private Event next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Event event = waiting.pollFirst();
      while (event == null) {
        changed.await();
        event = waiting.pollFirst();
      }
      busy = true;
      return event;
    } finally {
      lock.unlock();
    }
  }

  private void done() {
    lock.lock();
    try {
      busy = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void handle(Event event) throws InterruptedException {
    try {
      switch (event) {
        case Event.CatchUp _ -> fetchMissed();
        case Event.Told told -> memory.taken(told.seq(), take(told));
      }
    } catch (StoreException e) {
      fail("", e);
    } catch (RuntimeException e) {
      // A defect of ours: the same event would only bring it about again.
      journal.error("discord-event-failed", "event", event.getClass().getSimpleName(), "reason", e);
      if (event instanceof Event.Told told) {
        memory.taken(told.seq(), false);
      }
    }
  }

  private void fetchMissed() throws InterruptedException {
    if (!memory.isBehind()) {
      return;
    }
    switch (missed.fetch(memory.chats(), this::message)) {
      case COMPLETE -> memory.caughtUp();
      case UNREACHABLE -> fail("what was missed cannot be fetched yet", null);
    }
  }

  /// @return whether anything of it was kept
  private boolean take(Event.Told told) {
    JsonValue data = told.data();
    return switch (told.type()) {
      case "MESSAGE_CREATE" ->
          Translator.place(data, data.has("guild_id"))
              .map(place -> message(data, place))
              .orElse(false);
      case "INTERACTION_CREATE" -> interaction(data);
      default -> false;
    };
  }

  private boolean message(JsonValue data, Translator.Place place) {
    Optional<Incoming> incoming = Translator.message(data, place, memory.self());
    Inbox.Taken taken = incoming.map(inbox::accept).orElse(Inbox.Taken.DENIED);
    memory.seen(place.chat(), place.message(), place.group(), taken != Inbox.Taken.DENIED);
    return taken == Inbox.Taken.NEW;
  }

  private boolean interaction(JsonValue data) {
    Optional<Incoming> incoming = Translator.interaction(data);
    if (incoming.isEmpty()) {
      return false;
    }
    Inbox.Taken taken = inbox.accept(incoming.get());
    if (taken != Inbox.Taken.KNOWN) {
      acks.acknowledge(data, taken == Inbox.Taken.NEW);
    }
    if (taken != Inbox.Taken.DENIED) {
      memory.seen(
          incoming.get().address().chat(),
          incoming.get().updateKey(),
          incoming.get().group(),
          true);
    }
    return taken == Inbox.Taken.NEW;
  }
}
