package dev.sandpiper.standin.aws.sqs;

import dev.sandpiper.standin.aws.fault.Fault;
import dev.sandpiper.standin.aws.fault.Faults;
import dev.sandpiper.standin.aws.fault.RefusedException;
import dev.sandpiper.standin.aws.fault.Service;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One queue: messages that are visible, in the order they came, and messages that are hidden.
final class SqsQueue {

  private static final int MOST_SHUFFLED = 1000;
  private static final int MOST_IN_FLIGHT = 120_000;

  private final String name;
  private final Duration visibility;
  private final Redrive redrive;
  private final Faults faults;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayList<Held> visible = new ArrayList<>();
  private int head;
  private final PriorityQueue<Held> hidden =
      new PriorityQueue<>(Comparator.comparingLong(held -> held.visibleAtNanos));
  private final Map<String, Held> handles = new HashMap<>();

  /// Where messages go that nobody can handle.
  ///
  /// @param target `null` for none
  record Redrive(@Nullable SqsQueue target, int maxReceives) {}

  SqsQueue(String name, Duration visibility, Redrive redrive, Faults faults, InstantSource clock) {
    this.name = name;
    this.visibility = visibility;
    this.redrive = redrive;
    this.faults = faults;
    this.clock = clock;
  }

  String name() {
    return name;
  }

  Duration visibility() {
    return visibility;
  }

  Redrive redrive() {
    return redrive;
  }

  Held send(String body, String md5, Duration delay) {
    Held held = new Held(UUID.randomUUID().toString(), body, md5, clock.millis());
    lock.lock();
    try {
      hide(held, delay);
    } finally {
      lock.unlock();
    }
    return held;
  }

  /// What was received.
  ///
  /// @param receives with this one
  record Delivery(
      String id, String handle, String body, String md5, long sentMillis, Receives receives) {

    record Receives(int count, long firstMillis) {}
  }

  List<Delivery> receive(int most, Duration wait, Duration hiddenFor)
      throws InterruptedException, RefusedException {
    long until = System.nanoTime() + wait.toNanos();
    lock.lockInterruptibly();
    try {
      List<Delivery> taken = new ArrayList<>();
      while (true) {
        surface();
        while (taken.size() < most && head < visible.size()) {
          take(hiddenFor, taken);
        }
        long left = until - System.nanoTime();
        if (!taken.isEmpty() || left <= 0) {
          return taken;
        }
        Held next = hidden.peek();
        long nanos = next == null ? left : Math.min(left, next.visibleAtNanos - System.nanoTime());
        long _ = arrived.awaitNanos(Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
      }
    } finally {
      lock.unlock();
    }
  }

  private void take(Duration hiddenFor, List<Delivery> taken) throws RefusedException {
    if (hidden.size() >= MOST_IN_FLIGHT) {
      throw new RefusedException(
          403, "OverLimit", "Too many messages are in flight for queue " + name);
    }
    Held held = next();
    SqsQueue dead = redrive.target();
    if (dead != null && held.receives >= redrive.maxReceives()) {
      drop(held);
      dead.add(held);
      return;
    }
    if (!held.duplicated && faults.strikes(Service.SQS, Fault.DUPLICATE)) {
      held.duplicated = true;
      hide(held.copy(), Duration.ZERO);
    }
    drop(held);
    held.receives++;
    held.firstReceivedMillis = held.receives == 1 ? clock.millis() : held.firstReceivedMillis;
    String handle = UUID.randomUUID() + "#" + held.id;
    held.handle = handle;
    handles.put(handle, held);
    boolean early = faults.strikes(Service.SQS, Fault.EARLY_VISIBILITY);
    hide(held, early ? Faults.EARLY : hiddenFor);
    taken.add(
        new Delivery(
            held.id,
            handle,
            held.body,
            held.md5,
            held.sentMillis,
            new Delivery.Receives(held.receives, held.firstReceivedMillis)));
  }

  private Held next() {
    int waiting = visible.size() - head;
    if (waiting > 1 && faults.strikes(Service.SQS, Fault.REORDER)) {
      int other = head + faults.choose(Math.min(waiting, MOST_SHUFFLED));
      Held first = visible.get(head);
      visible.set(head, visible.get(other));
      visible.set(other, first);
    }
    Held held = visible.get(head++);
    if (head == visible.size() || head > MOST_SHUFFLED) {
      visible.subList(0, head).clear();
      head = 0;
    }
    return held;
  }

  /// A message from a queue whose dead letters this one has.
  private void add(Held held) {
    lock.lock();
    try {
      Held letter = new Held(held.id, held.body, held.md5, held.sentMillis);
      letter.receives = held.receives;
      letter.firstReceivedMillis = held.firstReceivedMillis;
      hide(letter, Duration.ZERO);
    } finally {
      lock.unlock();
    }
  }

  /// Deletes a message by its newest handle. An older one, or one of a message that is gone, is
  /// accepted and does nothing, as with SQS.
  void delete(String handle) throws RefusedException {
    prove(handle);
    lock.lock();
    try {
      Held held = handles.get(handle);
      if (held == null) {
        return;
      }
      surface();
      drop(held);
      if (!hidden.remove(held)) {
        removeVisible(held);
      }
      if (!held.undeleted && faults.strikes(Service.SQS, Fault.DELAYED_DELETE)) {
        held.undeleted = true;
        hide(held, Faults.REAPPEARS);
      }
    } finally {
      lock.unlock();
    }
  }

  void changeVisibility(String handle, Duration span) throws RefusedException {
    prove(handle);
    lock.lock();
    try {
      surface();
      Held held = handles.get(handle);
      if (held == null || !hidden.remove(held)) {
        throw new RefusedException(
            400,
            "MessageNotInflight",
            "Value "
                + handle
                + " for parameter ReceiptHandle is invalid. Reason: Message does not"
                + " exist or is not available for visibility timeout change.");
      }
      hide(held, span);
    } finally {
      lock.unlock();
    }
  }

  private static void prove(String handle) throws RefusedException {
    if (handle.indexOf('#') < 0) {
      throw new RefusedException(
          404, "ReceiptHandleIsInvalid", "The input receipt handle is invalid.");
    }
  }

  /// Counts of messages.
  record Counts(int visible, int hidden) {}

  Counts counts() {
    lock.lock();
    try {
      surface();
      return new Counts(visible.size() - head, hidden.size());
    } finally {
      lock.unlock();
    }
  }

  void purge() {
    lock.lock();
    try {
      visible.clear();
      head = 0;
      hidden.clear();
      handles.clear();
    } finally {
      lock.unlock();
    }
  }

  private void hide(Held held, Duration span) {
    if (span.isZero()) {
      visible.add(held);
      arrived.signal();
      return;
    }
    held.visibleAtNanos = System.nanoTime() + span.toNanos();
    hidden.add(held);
    // Somebody may sleep longer than this one is hidden.
    arrived.signal();
  }

  /// Moves what is hidden no longer.
  private void surface() {
    long now = System.nanoTime();
    for (Held next = hidden.peek();
        next != null && next.visibleAtNanos - now <= 0;
        next = hidden.peek()) {
      visible.add(hidden.remove());
    }
    if (visible.size() - head > 1) {
      arrived.signal();
    }
  }

  private void drop(Held held) {
    String handle = held.handle;
    if (handle != null) {
      handles.remove(handle);
      held.handle = null;
    }
  }

  private void removeVisible(Held held) {
    int at = visible.lastIndexOf(held);
    if (at >= head) {
      visible.remove(at);
    }
  }
}
