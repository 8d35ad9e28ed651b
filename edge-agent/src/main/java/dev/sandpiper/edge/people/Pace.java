package dev.sandpiper.edge.people;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// How fast each person may send: a minute's worth at once, then as they drip in. Nothing of it is
/// kept over a restart.
final class Pace {
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final int MOST = 1_000;

  /// What came of a message.
  enum Step {
    FINE,
    /// Too fast, for the first time since it was fine.
    TELL,
    /// Too fast, and they know.
    SILENT
  }

  private final int perMinute;
  private final Map<Long, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  Pace(int perMinute) {
    this.perMinute = perMinute;
  }

  synchronized Step step(long person, Instant now) {
    Bucket bucket = buckets.computeIfAbsent(person, _ -> new Bucket(perMinute, now));
    if (buckets.size() > MOST) {
      buckets.remove(buckets.keySet().iterator().next());
    }
    long millis = Math.clamp(Duration.between(bucket.at, now).toMillis(), 0, MINUTE);
    bucket.left = Math.min(perMinute, bucket.left + (double) millis * perMinute / MINUTE);
    bucket.at = now;
    if (bucket.left >= 1) {
      bucket.left--;
      bucket.told = bucket.told && bucket.left < perMinute / 2.0;
      return Step.FINE;
    }
    boolean known = bucket.told;
    bucket.told = true;
    return known ? Step.SILENT : Step.TELL;
  }

  private static final class Bucket {
    private double left;
    private Instant at;
    private boolean told;

    Bucket(double left, Instant at) {
      this.left = left;
      this.at = at;
    }
  }
}
