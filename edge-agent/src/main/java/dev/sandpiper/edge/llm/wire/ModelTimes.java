package dev.sandpiper.edge.llm.wire;

import dev.sandpiper.edge.net.CallTimes;
import java.time.Duration;

/// How long the parts of a model's answer may take.
///
/// @param connect until the connection stands, TLS included
/// @param firstToken from the question until the first of the answer, thoughts included; the head
///   of the HTTP answer does not count
/// @param stall longest silence within the answer; signs of life without content do not count
/// @param total the whole answer
public record ModelTimes(Duration connect, Duration firstToken, Duration stall, Duration total) {

  /// For models that think before they speak.
  public static final ModelTimes USUAL =
      new ModelTimes(
          Duration.ofSeconds(10),
          Duration.ofMinutes(2),
          Duration.ofMinutes(1),
          Duration.ofMinutes(10));

  /// The same as limits of the HTTP call, which are only the last resort: [Watch] is more exact.
  CallTimes http() {
    Duration quiet = firstToken.compareTo(stall) > 0 ? firstToken : stall;
    return new CallTimes(
        connect, connect.plus(firstToken), quiet.plusSeconds(1), total.plusSeconds(1));
  }
}
