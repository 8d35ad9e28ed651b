package dev.sandpiper.edge.channel.discord;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What Discord still takes: a bucket for each kind of request and chat, one limit for all, and the
/// count of requests it turned away, of which too many have an address banned.
final class Limits {

  /// Discord bans at 10,000 in ten minutes.
  private static final int MOST_INVALID = 1_000;

  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final int MOST_ROUTES = 512;

  private final InstantSource clock;
  private final Map<String, String> buckets = bounded();
  private final Map<String, Instant> blocked = bounded();
  private Instant everywhere = Instant.MIN;
  private Instant window = Instant.MIN;
  private int invalid;

  Limits(InstantSource clock) {
    this.clock = clock;
  }

  private static <T> Map<String, T> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
        return size() > MOST_ROUTES;
      }
    };
  }

  /// How long everything must wait.
  synchronized Duration everywhere() {
    Instant now = clock.instant();
    Instant until = everywhere;
    if (invalid >= MOST_INVALID && now.isBefore(window.plus(WINDOW))) {
      until = later(until, window.plus(WINDOW));
    }
    return left(until, now);
  }

  /// How long this route must wait.
  synchronized Duration of(Route route) {
    Instant until = blocked.get(key(route));
    return until == null ? Duration.ZERO : left(until, clock.instant());
  }

  private String key(Route route) {
    return buckets.getOrDefault(route.template(), route.template()) + " " + route.major();
  }

  /// Reads the headers of an answer.
  synchronized void learn(Route route, Function<String, @Nullable String> header) {
    String bucket = header.apply("x-ratelimit-bucket");
    if (bucket != null && bucket.length() < 100) {
      buckets.put(route.template(), bucket);
    }
    if ("0".equals(header.apply("x-ratelimit-remaining"))) {
      Duration after = seconds(header.apply("x-ratelimit-reset-after"));
      if (after != null) {
        block(route, after);
      }
    }
  }

  synchronized void block(Route route, Duration time) {
    blocked.merge(key(route), clock.instant().plus(time), Limits::later);
  }

  synchronized void blockEverywhere(Duration time) {
    everywhere = later(everywhere, clock.instant().plus(time));
  }

  /// A request was turned away: 401, 403 or 429.
  synchronized void countInvalid() {
    Instant now = clock.instant();
    if (!now.isBefore(window.equals(Instant.MIN) ? Instant.MIN : window.plus(WINDOW))) {
      window = now;
      invalid = 0;
    }
    invalid++;
  }

  /// A number of seconds with a fraction; `null` when it is none, or absurd.
  static @Nullable Duration seconds(@Nullable String text) {
    try {
      return text == null ? null : duration(Double.parseDouble(text));
    } catch (NumberFormatException _) {
      return null;
    }
  }

  static @Nullable Duration duration(double seconds) {
    boolean sensible = seconds >= 0 && seconds <= Duration.ofDays(7).toSeconds();
    return sensible ? Duration.ofMillis((long) Math.ceil(seconds * 1_000)) : null;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Duration left(Instant until, Instant now) {
    return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
  }
}
