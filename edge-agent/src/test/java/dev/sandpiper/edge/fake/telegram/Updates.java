package dev.sandpiper.edge.fake.telegram;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// The updates that wait for the bot. Asking with an offset forgets those below it; of two who ask
/// at a time the older one is sent away.
final class Updates {
  private final TreeMap<Long, String> waiting = new TreeMap<>();
  private long asked;
  private long confirmed;

  /// What an asker gets.
  ///
  /// @param conflict whether somebody else has asked meanwhile
  record Batch(List<String> updates, boolean conflict) {}

  synchronized void put(long number, String json) {
    waiting.put(number, json);
    notifyAll();
  }

  synchronized Map<Long, String> all() {
    return new TreeMap<>(waiting);
  }

  synchronized void remove(long number) {
    waiting.remove(number);
    confirmed++;
    notifyAll();
  }

  /// How many the bot has confirmed.
  synchronized long confirmed() {
    return confirmed;
  }

  synchronized Batch ask(long offset, int limit, Duration timeout) throws InterruptedException {
    long me = ++asked;
    notifyAll();
    if (offset > 0) {
      var below = waiting.headMap(offset);
      confirmed += below.size();
      below.clear();
    } else if (offset < 0) {
      while (waiting.size() > -offset) {
        waiting.pollFirstEntry();
      }
    }
    long end = System.nanoTime() + timeout.toNanos();
    while (waiting.isEmpty() && me == asked) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        break;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return me == asked
        ? new Batch(waiting.values().stream().limit(limit).toList(), false)
        : new Batch(List.of(), true);
  }
}
