package dev.sandpiper.edge.llm.route;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// How states are told.
final class Words {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  private Words() {}

  static String time(Instant at) {
    return TIME.format(at);
  }
}
