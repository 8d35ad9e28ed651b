package dev.sandpiper.edge.schedule;

import dev.sandpiper.edge.journal.Journal;
import java.time.Duration;

/// Looks, now and then, whether somebody put the clock back: what had been given up as missed then
/// is still to come. It reads; it writes only when that is so.
public final class ClockWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMinutes(10);

  private final Schedules schedules;
  private final Journal journal;
  private final Thread thread;

  public ClockWatch(Schedules schedules, Journal journal) {
    this.schedules = schedules;
    this.journal = journal;
    this.thread = Thread.ofVirtual().name("clock-watch").unstarted(this::watch);
  }

  /// Begins.
  public void start() {
    thread.start();
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      int moved = schedules.settle();
      if (moved > 0) {
        journal.info("schedules-moved", "count", moved);
      }
    } catch (RuntimeException e) {
      journal.warn("schedules-not-settled", "reason", e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
