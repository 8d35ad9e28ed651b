package dev.sandpiper.edge.net;

import java.time.Duration;

/// Bounds of a caller.
///
/// @param calls most calls under way at once; more wait for a place
/// @param idlePerHost most connections kept per host for the next call
/// @param idleTime how long one is kept
/// @param statusLine longest first line of an answer, and longest line before a chunk
/// @param header largest header of an answer
record CallerOptions(int calls, int idlePerHost, Duration idleTime, int statusLine, int header) {

  static final CallerOptions DEFAULTS =
      new CallerOptions(64, 2, Duration.ofSeconds(30), 4_096, 32_768);
}
