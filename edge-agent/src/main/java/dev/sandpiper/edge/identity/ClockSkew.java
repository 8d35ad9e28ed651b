package dev.sandpiper.edge.identity;

import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.identity.IdentityException.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// How far the clock of this machine is from AWS's.
///
/// @param ahead of AWS's; negative: behind
public record ClockSkew(Duration ahead) {

  private static final String CHECK = "clock";
  private static final String FIX = "Set the clock: timedatectl set-ntp true";

  /// AWS takes a signature for five minutes around its time.
  static final Duration TOLERATED = Duration.ofMinutes(5);

  /// Where it begins to be noticed before it hurts.
  private static final Duration NOTICED = Duration.ofMinutes(1);

  /// From an answer that just came.
  static Optional<ClockSkew> of(Caller.Answer answer, Instant now) {
    return answer.date().map(date -> new ClockSkew(Duration.between(date, now)));
  }

  boolean hurts() {
    return ahead.abs().compareTo(TOLERATED) > 0;
  }

  /// For instance `12 minutes behind`; `AWS's` goes after it.
  String words() {
    Duration size = ahead.abs();
    long minutes = Math.round(size.toSeconds() / 60.0);
    String amount =
        size.toSeconds() < 90
            ? size.toSeconds() + (size.toSeconds() == 1 ? " second" : " seconds")
            : minutes + (minutes == 1 ? " minute" : " minutes");
    return amount + (ahead.isNegative() ? " behind" : " ahead of");
  }

  IdentityException failure() {
    return new IdentityException(
        Kind.CLOCK,
        "the clock of this machine is %s AWS's, and AWS takes no signature that is more than %d minutes off; set the clock: timedatectl set-ntp true"
            .formatted(words(), TOLERATED.toMinutes()));
  }

  /// Asks AWS for the time; nothing is shown to it.
  ///
  /// @param region whose endpoint is asked, unless `door` names another
  public static CheckResult check(String region, Door door, InstantSource clock) {
    URI address =
        door.endpoint().orElseGet(() -> URI.create("https://sts." + region + ".amazonaws.com/"));
    try {
      Caller.Answer answer =
          new Caller(door, clock, null).send(new Caller.Call(address, Map.of(), null));
      return of(answer, clock.instant())
          .map(ClockSkew::row)
          .orElseGet(() ->
              CheckResult.warn(
                  CHECK, address.getHost() + " does not tell the time", "Compare it: date -u"));
    } catch (IdentityException e) {
      return e.kind() == Kind.CLOCK
          ? CheckResult.fail(CHECK, String.valueOf(e.getMessage()), FIX)
          : CheckResult.warn(
              CHECK,
              "cannot be compared with AWS's: " + e.getMessage(),
              "Run it again when the internet is reachable; until then compare it: date -u");
    }
  }

  private CheckResult row() {
    String detail = words() + " AWS's";
    if (hurts()) {
      return CheckResult.fail(CHECK, detail + "; AWS refuses every signature", FIX);
    }
    return ahead.abs().compareTo(NOTICED) > 0
        ? CheckResult.warn(CHECK, detail, FIX)
        : CheckResult.ok(CHECK, detail);
  }
}
