package dev.sandpiper.edge.identity;

import dev.sandpiper.edge.identity.IdentityException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How far the clock of this machine is from AWS's.
///
/// @param ahead of AWS's; negative: behind
record ClockSkew(Duration ahead) {

  /// AWS takes a signature for five minutes around its time.
  static final Duration TOLERATED = Duration.ofMinutes(5);

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
}
