package dev.sandpiper.edge.fake.discord;

import java.time.Duration;
import java.util.Random;

/// What happens to a request instead of what should.
public sealed interface Fault {

  /// Nothing.
  record None() implements Fault {}

  /// 429.
  record Limited(double seconds, boolean global) implements Fault {}

  /// 429 as the front of Discord answers it: HTML, and a header.
  record Banned(int seconds) implements Fault {}

  /// An error, before anything is done.
  record Status(int status) implements Fault {}

  /// An error, after everything is done.
  record DoneAndStatus(int status) implements Fault {}

  /// The connection breaks before anything is done.
  record ResetBefore() implements Fault {}

  /// The connection breaks after everything is done.
  record ResetAfter() implements Fault {}

  /// Half an answer, after everything is done.
  record Truncated() implements Fault {}

  /// Everything comes late.
  record Slow(Duration time) implements Fault {}

  /// The answer comes late, after everything is done.
  record Late(Duration time) implements Fault {}

  /// Decides for each request.
  interface Plan {
    Fault of(String method, String path);

    /// Such a share of all requests goes wrong, in every way but a ban.
    static Plan storm(long seed, double share) {
      Random random = new Random(seed);
      return (_, _) -> {
        synchronized (random) {
          return random.nextDouble() < share ? any(random) : new None();
        }
      };
    }

    private static Fault any(Random random) {
      return switch (random.nextInt(8)) {
        case 0 -> new Limited(0.2, false);
        case 1 -> new Limited(0.2, true);
        case 2 -> new Status(502);
        case 3 -> new DoneAndStatus(504);
        case 4 -> new ResetBefore();
        case 5 -> new ResetAfter();
        case 6 -> new Truncated();
        default -> new Slow(Duration.ofMillis(300));
      };
    }
  }
}
