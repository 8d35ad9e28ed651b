package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Sends what is in the outbox: of each chat in order, one at a time; chats beside each other.
///
/// A parcel is marked as being sent, on the disk, before the far side hears of it, so that after a
/// crash nobody takes a parcel that may have arrived for one that has not.
public final class Postman implements AutoCloseable {
  private static final Duration STORE_PAUSE = Duration.ofSeconds(15);

  /// Something always wakes it.
  private static final Duration FOR_EVER = Duration.ofDays(365);

  /// The clock may be put right while it waits for a time.
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  private final Outbox outbox;
  private final Database database;
  private final Dispatch dispatch;
  private final ChatOptions.SendOptions options;
  private final Clockwork clockwork;
  private final Journal journal;
  private final Map<String, Thread> rounds = new ConcurrentHashMap<>();
  private final Map<String, Semaphore> room = new ConcurrentHashMap<>();
  private volatile boolean stopping;
  private volatile @Nullable Thread thread;

  /// What it works with.
  public record Parts(Outbox outbox, Channels channels, BlobStore blobs) {}

  public Postman(Parts parts, ChatOptions options, Clockwork clockwork, Journal journal) {
    this.outbox = parts.outbox();
    this.database = parts.outbox().database();
    this.options = options.send();
    this.dispatch =
        new Dispatch(parts.outbox(), parts.channels(), parts.blobs(), options.send(), clockwork);
    this.clockwork = clockwork;
    this.journal = journal;
  }

  /// Begins to send.
  public void start() {
    boolean interrupted = database.read(tx -> !outbox.rows().sending(tx).isEmpty());
    if (interrupted) {
      database.<@Nullable Void>write(tx -> {
        dispatch.recover(tx);
        return null;
      });
    }
    thread = Thread.ofVirtual().name("postman").start(this::serve);
  }

  private void serve() {
    while (!stopping) {
      long seen = outbox.signal().count();
      try {
        outbox.signal().await(seen, sendWhatIsDue());
      } catch (InterruptedException _) {
        return; // only close() does that
      } catch (StoreException e) {
        if (!waitOut(e)) {
          return;
        }
      }
    }
  }

  /// Starts a round in every chat that has something due.
  ///
  /// @return how long until something else is
  private Duration sendWhatIsDue() {
    Instant now = clockwork.clock().instant();
    Map<String, Instant> due =
        database.read(tx -> {
          Map<String, Instant> heads = new java.util.LinkedHashMap<>();
          for (String address : ParcelRows.openAddresses(tx)) {
            outbox
                .rows()
                .head(tx, address)
                .ifPresent(h -> heads.put(address, dispatch.dueAt(tx, h)));
          }
          return heads;
        });
    Duration wait = FOR_EVER;
    for (Map.Entry<String, Instant> head : due.entrySet()) {
      if (rounds.containsKey(head.getKey())) {
        continue; // it looks itself for what comes next
      }
      if (!head.getValue().isAfter(now)) {
        begin(head.getKey());
        continue;
      }
      Duration until = Duration.between(now, head.getValue());
      wait = until.compareTo(wait) < 0 ? until : wait;
    }
    return wait.equals(FOR_EVER) || wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  /// When its channel has no room, the next end of a round there comes back to it.
  private void begin(String address) {
    Semaphore places = room(address);
    if (!places.tryAcquire()) {
      return;
    }
    Thread round = Thread.ofVirtual().name("post-" + address).unstarted(() -> round(address));
    rounds.put(address, round);
    round.start();
  }

  private Semaphore room(String address) {
    String channel = address.substring(0, address.indexOf(':'));
    return room.computeIfAbsent(channel, _ -> new Semaphore(options.atOnce()));
  }

  private void round(String address) {
    try {
      Optional<Dispatch.Taken> taken = database.write(tx -> dispatch.take(tx, address));
      while (taken.isPresent()) {
        Dispatch.Taken parcel = taken.get();
        Delivery delivery = deliver(parcel);
        taken = settle(address, parcel, delivery);
      }
    } catch (InterruptedException _) {
      // The agent stops. What was on its way stays marked; the next start judges it.
    } catch (StoreException e) {
      waitOut(e);
    } finally {
      rounds.remove(address);
      room(address).release();
      outbox.signal().raise();
    }
  }

  private Delivery deliver(Dispatch.Taken taken) throws InterruptedException {
    try {
      return taken.channel().deliver(taken.parcel());
    } catch (RuntimeException | StackOverflowError e) {
      journal.error("send-defect", "parcel", taken.parcel().key(), "reason", e);
      return new Delivery.Unknown("Defect in the agent: " + e);
    }
  }

  /// Writes down what became of it, for as long as it takes, and takes the next in the same
  /// transaction.
  private Optional<Dispatch.Taken> settle(String address, Dispatch.Taken taken, Delivery delivery) {
    report(taken, delivery);
    while (true) {
      try {
        return database.write(tx -> {
          dispatch.record(tx, taken, delivery);
          return stopping ? Optional.empty() : dispatch.take(tx, address);
        });
      } catch (StoreException e) {
        if (!waitOut(e)) {
          return Optional.empty();
        }
      }
    }
  }

  private void report(Dispatch.Taken taken, Delivery delivery) {
    String key = taken.parcel().key();
    String address = taken.row().address().text();
    switch (delivery) {
      case Delivery.Delivered _ -> {}
      case Delivery.Later later ->
          journal.info("send-later", "parcel", key, "chat", address, "reason", later.reason());
      case Delivery.Refused refused ->
          journal.warn("send-refused", "parcel", key, "chat", address, "reason", refused.reason());
      case Delivery.Unknown unknown ->
          journal.warn("send-unknown", "parcel", key, "chat", address, "reason", unknown.reason());
      case Delivery.Moved moved -> journal.info("chat-moved", "chat", address, "to", moved.chat());
    }
  }

  /// @return false when the store will never work again in this process
  private boolean waitOut(StoreException e) {
    if (stopping || database.failure().isPresent()) {
      return false;
    }
    journal.error("store-failed", "postman", Thread.currentThread().getName(), "reason", e);
    try {
      Thread.sleep(STORE_PAUSE);
    } catch (InterruptedException _) {
      // The agent stops, which the callers' loops see.
    }
    return !stopping;
  }

  /// Stops; what is on its way gets a moment to arrive.
  @Override
  public void close() {
    stopping = true;
    Thread dispatcher = thread;
    if (dispatcher != null) {
      dispatcher.interrupt();
      join(dispatcher, options.grace());
    }
    rounds.values().forEach(round -> join(round, options.grace()));
    rounds.values().forEach(Thread::interrupt);
    rounds.values().forEach(round -> join(round, options.grace()));
  }

  private static void join(Thread thread, Duration bound) {
    try {
      thread.join(bound);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
