package dev.sandpiper.edge.schedule;

import java.time.Duration;

/// A span of time in a few characters, for records: `3d 4h`, `5m`.
final class Lateness {

  private Lateness() {}

  static String text(Duration span) {
    long minutes = span.toMinutes();
    if (minutes < 1) {
      return span.toSeconds() + "s";
    }
    if (minutes < 60) {
      return minutes + "m";
    }
    long hours = minutes / 60;
    if (hours < 48) {
      return minutes % 60 == 0 ? hours + "h" : hours + "h " + minutes % 60 + "m";
    }
    return hours % 24 == 0 ? hours / 24 + "d" : hours / 24 + "d " + hours % 24 + "h";
  }
}
