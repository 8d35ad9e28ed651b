package dev.sandpiper.edge.courier;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// How many requests of one kind run at once: more while that brings more, half as many as soon as
/// the cloud asks for less, never more than the configuration allows.
final class Pace {

  private static final int START = 8;

  /// One throttled moment, with many requests in it, halves once.
  private static final long MOMENT = Duration.ofMillis(500).toNanos();

  /// More at once must bring so much more, else it only waits elsewhere.
  private static final double WORTH = 1.05;

  /// After so many windows without growth it is tried once more: networks change.
  private static final int TRY_AGAIN = 10;

  private final int most;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private int limit;
  private int running;
  private int finished;

  /// Whether as many ran as might, at some time in this window.
  private boolean full;

  private long windowStart;
  private double rateBefore;
  private int held;
  private long halved;

  /// @param most most at once, whatever it brings
  Pace(int most, LongSupplier nanos) {
    this.most = most;
    this.nanos = nanos;
    limit = Math.min(START, most);
    windowStart = nanos.getAsLong();
    halved = windowStart - MOMENT;
  }

  /// Runs `work` when there is room.
  <T> T run(Supplier<T> work) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (running >= limit) {
        room.await();
      }
      running++;
      full |= running >= limit;
    } finally {
      lock.unlock();
    }
    boolean done = false;
    try {
      T result = work.get();
      done = true;
      return result;
    } finally {
      leave(done);
    }
  }

  private void leave(boolean done) {
    lock.lock();
    try {
      running--;
      if (done) {
        finished++;
      }
      if (finished >= Math.max(4, limit)) {
        look();
      }
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// At the end of a window: was the last growth worth it? Without a crowd nothing can be told.
  private void look() {
    long now = nanos.getAsLong();
    double rate = finished / (double) Math.max(1, now - windowStart);
    if (full) {
      held++;
      if (rate > rateBefore * WORTH || held > TRY_AGAIN) {
        limit = Math.min(most, limit + Math.max(1, limit / 4));
        rateBefore = rate;
        held = 0;
      }
    }
    full = running >= limit;
    finished = 0;
    windowStart = now;
  }

  /// The cloud asks for less.
  void slower() {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      if (now - halved >= MOMENT) {
        halved = now;
        limit = Math.max(1, limit / 2);
        rateBefore = 0;
        held = 0;
        finished = 0;
        windowStart = now;
      }
    } finally {
      lock.unlock();
    }
  }

  /// How many may run at once now.
  int limit() {
    lock.lock();
    try {
      return limit;
    } finally {
      lock.unlock();
    }
  }
}
