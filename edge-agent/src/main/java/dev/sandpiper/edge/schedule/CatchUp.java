package dev.sandpiper.edge.schedule;

import java.time.Duration;
import java.util.Locale;

/// What is done about times that were missed.
///
/// @param grace what is later than this is not made up for
/// @param most how many are made up for at once
public record CatchUp(Policy policy, Duration grace, int most) {
  /// Most that anybody may ask for.
  public static final int MOST = 100;

  /// What is as late as this is made up for whatever was planned: it never is too late.
  static final Duration ANY = Duration.ofDays(36_600);

  /// What is skipped when it is late may be so late.
  private static final Duration SKIP_GRACE = Duration.ofMinutes(5);

  private static final int USUAL_MOST = 24;

  /// Which of those that are not too late.
  public enum Policy {
    /// None, but a little lateness is forgiven.
    SKIP,
    /// The latest.
    ONCE,
    /// All, up to a bound.
    ALL
  }

  public CatchUp {
    if (grace.isNegative() || most < 1 || most > MOST) {
      throw new IllegalArgumentException("a grace is not negative; 1 to " + MOST + " are made up");
    }
  }

  /// The latest is made up for, however late it is.
  public static final CatchUp USUAL = of(Policy.ONCE);

  /// A policy with its usual bounds.
  public static CatchUp of(Policy policy) {
    return new CatchUp(policy, policy == Policy.SKIP ? SKIP_GRACE : ANY, USUAL_MOST);
  }

  /// The same with another grace.
  public CatchUp within(Duration other) {
    return new CatchUp(policy, other, most);
  }

  /// The same with another bound.
  public CatchUp atMost(int other) {
    return new CatchUp(policy, grace, other);
  }

  /// As it stands in the database: `once PT5M 24`.
  String text() {
    return policy.name().toLowerCase(Locale.ROOT) + " " + grace + " " + most;
  }

  static CatchUp read(String text) {
    String[] parts = text.split(" ", -1);
    return new CatchUp(
        Policy.valueOf(parts[0].toUpperCase(Locale.ROOT)),
        Duration.parse(parts[1]),
        Integer.parseInt(parts[2]));
  }
}
