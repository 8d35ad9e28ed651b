package dev.sandpiper.edge.net;

import java.time.Duration;

/// How long the parts of a call may take.
///
/// @param connect until the connection stands, TLS included
/// @param firstByte from the request's last byte to the head of the answer
/// @param idle longest silence inside a body, either way
/// @param total the whole call, body included
public record CallTimes(Duration connect, Duration firstByte, Duration idle, Duration total) {

  /// For short calls to an API.
  public static final CallTimes SHORT =
      new CallTimes(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60));

  /// The same with another wait for the head of the answer, as a long poll needs.
  public CallTimes withFirstByte(Duration wait) {
    return new CallTimes(connect, wait, idle, total.compareTo(wait) < 0 ? wait.plus(idle) : total);
  }
}
