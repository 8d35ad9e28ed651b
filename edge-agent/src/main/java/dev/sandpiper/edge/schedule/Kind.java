package dev.sandpiper.edge.schedule;

/// What a schedule does.
public enum Kind {
  /// Says its text.
  SAY,
  /// Asks its text and tells the answer; a command is done.
  ASK,
  /// Asks its text and tells the answer when there is something new in it.
  HEARTBEAT,
  /// Tells what came in, was answered, failed, and comes next.
  DIGEST;

  /// Whether somebody thinks about it, which takes a while and may cost something.
  public boolean isRun() {
    return this == ASK || this == HEARTBEAT;
  }
}
