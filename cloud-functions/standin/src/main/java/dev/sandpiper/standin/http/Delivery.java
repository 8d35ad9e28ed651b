package dev.sandpiper.standin.http;

import java.time.Duration;

/// How an answer reaches the client.
public sealed interface Delivery {

  /// As it should.
  record Whole() implements Delivery {}

  /// The body comes in `pieces` with a pause before each.
  record Slow(int pieces, Duration pause) implements Delivery {

    public Slow {
      if (pieces < 1 || pieces > 1000) {
        throw new IllegalArgumentException("pieces are 1 to 1000, not " + pieces);
      }
    }
  }

  /// The connection is reset instead.
  record Reset() implements Delivery {}

  /// The head and half of the body come, then the connection is reset.
  record CutShort() implements Delivery {}
}
