package dev.sandpiper.edge.config;

/// The keys of a `[schedules.NAME]` section.
// Every ValueType is a record of immutable parts, which the checker cannot see through an
// interface.
@SuppressWarnings("ImmutableEnumChecker")
enum ScheduleKey implements SectionKey {
  WHEN(
      "when",
      ValueType.TEXT,
      "",
      "0 8 * * 1-5",
      "A cron line (minute hour day-of-month month day-of-week, or @daily), daily 08:00, weekly"
          + " mon,fri 08:00, every 2h, or once 2026-12-24 18:00. 'sandpiper schedules next' shows"
          + " what it means"),
  KIND(
      "kind",
      ValueType.choice("say", "ask", "heartbeat", "digest"),
      "say",
      "ask",
      "say the text; ask it and tell the answer; heartbeat: ask it and tell only what is new; or"
          + " digest: tell what came in, was answered, failed and comes next"),
  TEXT(
      "text",
      ValueType.TEXT,
      "",
      "Which invoices are due this week?",
      "What is said or asked; a digest needs none"),
  TO(
      "to",
      ValueType.TEXT,
      "",
      "telegram:12345678",
      "Whose it is and where it speaks, an account of an owner or a member. Empty: the first of"
          + " people.owners"),
  ZONE(
      "zone",
      ValueType.TEXT,
      "",
      "Europe/Berlin",
      "Time zone of its times. Empty: agent.time_zone"),
  ACTIVE(
      "active",
      ValueType.TEXT,
      "",
      "",
      "The part of the day in which it may come, as in 08:00-22:00; empty: all of it"),
  CATCH_UP(
      "catch_up",
      ValueType.choice("skip", "once", "all"),
      "once",
      "",
      "What is done about times that were missed: skip them, meet the latest once, or all"),
  GRACE(
      "grace",
      ValueType.autoOr(ValueType.duration("0s", "3650d")),
      "auto",
      "",
      "What is later than this is not made up for. auto: 5m for skip, for the others no bound"),
  MOST(
      "most",
      ValueType.integer(1, 100),
      "24",
      "",
      "Most missed times that catch_up = \"all\" makes up for at once");

  private final Shape shape;

  ScheduleKey(String key, ValueType type, String fallback, String example, String meaning) {
    this.shape = new Shape(key, type, fallback, example, meaning);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public boolean needed() {
    return this == WHEN;
  }
}
