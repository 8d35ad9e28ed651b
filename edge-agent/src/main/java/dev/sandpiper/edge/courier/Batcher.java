package dev.sandpiper.edge.courier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// Collects what can share a request: until the request is full, or the first has waited long
/// enough.
final class Batcher<T> {

  /// How large a batch gets, and how long one waits for it.
  ///
  /// @param most items
  /// @param weight most weight of all items; a heavier one goes alone
  /// @param linger longest wait of an item
  /// @param atOnce batches on their way at the same time
  record Rule(int most, int weight, Duration linger, int atOnce) {}

  private final Rule rule;
  private final ToIntFunction<T> weigh;
  private final Consumer<List<T>> send;
  private final Semaphore sending;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition quiet = lock.newCondition();
  private List<T> open = new ArrayList<>();
  private long number;
  private int weight;
  private int underWay;

  /// @param send sends one batch, whatever that takes; must not throw
  Batcher(Rule rule, ToIntFunction<T> weigh, Consumer<List<T>> send) {
    this.rule = rule;
    this.weigh = weigh;
    this.send = send;
    sending = new Semaphore(rule.atOnce());
  }

  void add(T item) {
    lock.lock();
    try {
      int heavier = weigh.applyAsInt(item);
      if (weight + heavier > rule.weight()) {
        close();
      }
      open.add(item);
      weight += heavier;
      if (open.size() >= rule.most()) {
        close();
      } else if (open.size() == 1) {
        long mine = number;
        Thread.ofVirtual().name("linger").start(() -> closeLater(mine));
      }
    } finally {
      lock.unlock();
    }
  }

  private void closeLater(long batch) {
    try {
      Thread.sleep(rule.linger());
    } catch (InterruptedException _) {
      return; // nobody interrupts it
    }
    lock.lock();
    try {
      if (number == batch) {
        close();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Sends what there is.
  void flush() {
    lock.lock();
    try {
      close();
    } finally {
      lock.unlock();
    }
  }

  private void close() {
    if (open.isEmpty()) {
      return;
    }
    List<T> batch = open;
    open = new ArrayList<>();
    number++;
    weight = 0;
    underWay++;
    Thread.ofVirtual().name("batch").start(() -> sendOne(batch));
  }

  private void sendOne(List<T> batch) {
    sending.acquireUninterruptibly();
    try {
      send.accept(batch);
    } finally {
      sending.release();
      lock.lock();
      try {
        underWay--;
        quiet.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /// Takes back what nobody sends any more.
  List<T> takeOpen() {
    lock.lock();
    try {
      List<T> rest = open;
      open = new ArrayList<>();
      number++;
      weight = 0;
      return rest;
    } finally {
      lock.unlock();
    }
  }

  /// Sends what there is and waits for the end of it, for `most` at the longest.
  ///
  /// @return whether all went
  boolean drain(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    lock.lock();
    try {
      close();
      while (underWay > 0) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        quiet.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
