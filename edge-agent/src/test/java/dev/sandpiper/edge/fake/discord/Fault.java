package dev.sandpiper.edge.fake.discord;

import java.time.Duration;

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

  /// The answer comes late.
  record Slow(Duration time) implements Fault {}

  /// Decides for each request.
  interface Plan {
    Fault of(String method, String path);
  }
}
