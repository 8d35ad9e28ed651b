package dev.sandpiper.edge.channel.telegram;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Keeps to the rates Telegram asks for: one message a second in a chat, 20 a minute in a group, 30
/// a second overall. Buckets fill by looking at the clock; nothing runs while nobody sends.
final class Pace {
  private static final int MOST_CHATS = 2_000;

  private static final Rate CHAT = new Rate(3, Duration.ofSeconds(1));
  private static final Rate GROUP = new Rate(20, Duration.ofSeconds(3));
  private static final Rate ALL = new Rate(30, Duration.ofMillis(34));

  private final InstantSource clock;
  private final Bucket all;
  private final Map<Long, Bucket[]> chats =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Bucket[]> eldest) {
          return size() > MOST_CHATS;
        }
      };

  Pace(InstantSource clock) {
    this.clock = clock;
    this.all = new Bucket(ALL, clock.instant());
  }

  /// @param burst messages that may go at once after a rest
  /// @param each after which one more may go
  private record Rate(int burst, Duration each) {}

  /// Takes a place for a message, or answers how long to wait before asking again.
  ///
  /// @return zero when it may go now
  synchronized Duration take(ChatId chat) {
    Instant now = clock.instant();
    Bucket[] buckets =
        chats.computeIfAbsent(
            chat.chat(),
            _ ->
                chat.isGroup()
                    ? new Bucket[] {new Bucket(CHAT, now), new Bucket(GROUP, now)}
                    : new Bucket[] {new Bucket(CHAT, now)});
    Duration wait = all.wait(now);
    for (Bucket bucket : buckets) {
      Duration longer = bucket.wait(now);
      wait = longer.compareTo(wait) > 0 ? longer : wait;
    }
    if (wait.isZero()) {
      all.take(now);
      for (Bucket bucket : buckets) {
        bucket.take(now);
      }
    }
    return wait;
  }

  /// Holds when the next one may go, as if each had its turn: full when that is long past.
  private static final class Bucket {
    private final Rate rate;
    private Instant next;

    Bucket(Rate rate, Instant now) {
      this.rate = rate;
      this.next = now.minus(rate.each().multipliedBy(rate.burst()));
    }

    Duration wait(Instant now) {
      Instant earliest = next.minus(rate.each().multipliedBy(rate.burst() - 1L));
      // A clock that was set back must not hold a chat up.
      Duration wait = Duration.between(now, earliest);
      Duration longest = rate.each().multipliedBy(rate.burst());
      return wait.isNegative() ? Duration.ZERO : wait.compareTo(longest) > 0 ? Duration.ZERO : wait;
    }

    void take(Instant now) {
      boolean setBack = next.isAfter(now.plus(rate.each().multipliedBy(rate.burst() + 1L)));
      next = (next.isBefore(now) || setBack ? now : next).plus(rate.each());
    }
  }
}
