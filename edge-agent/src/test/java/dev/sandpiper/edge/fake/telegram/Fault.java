package dev.sandpiper.edge.fake.telegram;

import java.time.Duration;

/// What goes wrong with one call.
public sealed interface Fault {

  /// 429, with the seconds to wait.
  record TooMany(long retryAfter) implements Fault {}

  /// A refusal of the Bot API's, before anything happens.
  record Refuse(int code, String description) implements Fault {}

  /// A gateway's page.
  ///
  /// @param acted whether the call had its effect first
  record Gateway(int status, boolean acted) implements Fault {}

  /// The connection ends without an answer.
  ///
  /// @param acted whether the call had its effect first
  record Reset(boolean acted) implements Fault {}

  /// Everything comes late.
  record Slow(Duration delay) implements Fault {}

  /// The answer comes late, after the effect.
  record Late(Duration delay) implements Fault {}

  /// The answer breaks off in its middle, after the effect.
  record Truncated() implements Fault {}

  /// The answer is this text, without any effect.
  record Says(String body) implements Fault {}
}
