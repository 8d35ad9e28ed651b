package dev.sandpiper.edge.schedule;

import dev.sandpiper.edge.rhythm.Slot;
import dev.sandpiper.edge.rhythm.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which of the planned times up to now come, and which are missed. Those that come are the latest.
///
/// @param fire in order
/// @param missed empty when none is
/// @param next the first one after now; empty when there is none any more
record Decision(List<Slot> fire, Optional<Missed> missed, Optional<Slot> next) {
  /// What comes no later than this is on time.
  static final Duration PUNCTUAL = Duration.ofMinutes(2);

  /// After so many only the last day is looked at: a line for every minute, after half a year.
  private static final long LONGEST_WALK = 250_000;

  /// Planned times that are not made up for.
  ///
  /// @param first the first of them
  /// @param times how many; at least, after a very long while
  record Missed(Slot first, Instant until, long times, String reason) {}

  static Decision of(Timing timing, CatchUp catchUp, Slot first, Instant now) {
    Walk walk = new Walk(catchUp.most());
    Optional<Slot> next = Optional.of(first);
    while (next.isPresent() && !next.get().at().isAfter(now)) {
      walk.add(next.get());
      next =
          walk.count == LONGEST_WALK
              ? timing.first(now.minus(Duration.ofDays(1)))
              : timing.next(next.get());
    }
    Deque<Slot> latest = walk.latest;
    long onTime = latest.stream().filter(slot -> isWithin(slot, PUNCTUAL, now)).count();
    long late =
        latest.stream().filter(slot -> isWithin(slot, catchUp.grace(), now)).count() - onTime;
    long made = catchUp.policy() == CatchUp.Policy.ALL ? late : onTime > 0 ? 0 : Math.min(1, late);
    while (latest.size() > onTime + Math.max(0, made)) {
      walk.miss(latest.removeFirst());
    }
    Slot missed = walk.missed;
    return new Decision(
        new ArrayList<>(latest),
        missed == null
            ? Optional.empty()
            : Optional.of(
                new Missed(missed, walk.until, walk.times, reason(catchUp, latest.isEmpty()))),
        next);
  }

  private static boolean isWithin(Slot slot, Duration most, Instant now) {
    return Duration.between(slot.at(), now).compareTo(most) <= 0;
  }

  private static String reason(CatchUp catchUp, boolean nothingFires) {
    return nothingFires
        ? "later than its grace of " + Lateness.text(catchUp.grace())
        : catchUp.policy() == CatchUp.Policy.ALL
            ? "more than the " + catchUp.most() + " that are made up for, or too late"
            : "the latest stands for it";
  }

  /// Planned times, of which the latest are kept.
  private static final class Walk {
    private final int most;
    private final Deque<Slot> latest = new ArrayDeque<>();
    private long count;
    private @Nullable Slot missed;
    private Instant until = Instant.MIN;
    private long times;

    Walk(int most) {
      this.most = most;
    }

    void add(Slot slot) {
      count++;
      latest.add(slot);
      if (latest.size() > most) {
        miss(latest.removeFirst());
      }
    }

    void miss(Slot slot) {
      missed = missed == null ? slot : missed;
      until = slot.at();
      times++;
    }
  }
}
