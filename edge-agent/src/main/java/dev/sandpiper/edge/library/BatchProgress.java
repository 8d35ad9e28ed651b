package dev.sandpiper.edge.library;

import java.time.Instant;

/// How far a batch is, counted by arrivals: the same document sent twice counts twice.
public record BatchProgress(
    long id,
    String label,
    Instant created,
    int total,
    int pending,
    int parsed,
    int failed,
    int parked) {

  /// Whether nothing more will happen by itself.
  public boolean settled() {
    return pending == 0;
  }
}
