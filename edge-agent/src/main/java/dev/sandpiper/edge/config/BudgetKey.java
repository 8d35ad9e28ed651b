package dev.sandpiper.edge.config;

/// The keys of a `[budgets.NAME]` section.
// Every ValueType is a record of immutable parts, which the checker cannot see through an
// interface.
@SuppressWarnings("ImmutableEnumChecker")
enum BudgetKey implements SectionKey {
  PER_DAY(
      "per_day",
      ValueType.decimal("0", "1000000"),
      "",
      "2.00",
      "Dollars that may be spent in a day, from midnight to midnight in agent.time_zone; empty: no"
          + " bound"),
  PER_MONTH(
      "per_month",
      ValueType.decimal("0", "1000000"),
      "",
      "20.00",
      "Dollars that may be spent in a calendar month; empty: no bound"),
  WORKFLOW(
      "workflow",
      ValueType.TEXT,
      "",
      "",
      "Only what is spent for this, such as ask, summary, embed, cloud or schedule:NAME; a * at the"
          + " end stands for anything, as in schedule:*. Empty: everything"),
  PERSON(
      "person",
      ValueType.integer(0, Long.MAX_VALUE / 2),
      "0",
      "",
      "Only what is spent for this person, by the number that sandpiper people shows; 0: for"
          + " anybody and nobody"),
  ROLE(
      "role",
      ValueType.choice("any", "owner", "member", "guest"),
      "any",
      "",
      "Only what is spent for people of this role"),
  EACH(
      "each",
      ValueType.choice("none", "person", "workflow"),
      "none",
      "",
      "none: one budget for all that it counts. person, workflow: each person or workflow has this"
          + " much"),
  WARN_PERCENT(
      "warn_percent",
      ValueType.integer(1, 100),
      "80",
      "",
      "The owners are told when this much of it is spent, and again when it is used up");

  private final Shape shape;

  BudgetKey(String key, ValueType type, String fallback, String example, String meaning) {
    this.shape = new Shape(key, type, fallback, example, meaning);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public boolean needed() {
    return false;
  }
}
