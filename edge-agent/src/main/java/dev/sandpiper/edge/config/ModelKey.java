package dev.sandpiper.edge.config;

/// The keys of a `[models.NAME]` section.
// Every ValueType is a record of immutable parts, which the checker cannot see through an
// interface.
@SuppressWarnings("ImmutableEnumChecker")
enum ModelKey implements SectionKey {
  PROVIDER("provider", ValueType.TEXT, "", "groq", "Name of the provider that runs it"),
  MODEL("model", ValueType.TEXT, "", "llama-3.3-70b-versatile", "The provider's id of it"),
  CONTEXT(
      "context",
      ValueType.integer(1_000, 100_000_000),
      "32000",
      "128000",
      "Most tokens that it takes, question and answer together"),
  MAX_TOKENS(
      "max_tokens",
      ValueType.integer(16, 1_000_000),
      "4096",
      "",
      "Longest answer, in tokens; what asks for more gets this"),
  TEMPERATURE(
      "temperature",
      ValueType.decimal("0", "2"),
      "",
      "",
      "How freely it answers, when the question does not say; empty: as the provider does"),
  PRICE_INPUT(
      "price_input",
      ValueType.decimal("0", "100000"),
      "",
      "0.59",
      "Dollars for a million tokens in. Without any of the prices: as the price file has it"
          + " (sandpiper cost prices); else empty: unknown, which is not 0"),
  PRICE_OUTPUT(
      "price_output",
      ValueType.decimal("0", "100000"),
      "",
      "0.79",
      "Dollars for a million tokens out, reasoning included; empty: unknown"),
  PRICE_CACHED(
      "price_cached",
      ValueType.decimal("0", "100000"),
      "",
      "",
      "Dollars for a million tokens in that the provider had cached; empty: unknown"),
  PRICE_CACHE_WRITE(
      "price_cache_write",
      ValueType.decimal("0", "100000"),
      "",
      "",
      "Dollars for a million tokens in that the provider puts into its cache; empty:" + " unknown"),
  PRICE_DATE(
      "price_date", ValueType.DATE, "", "2026-11-30", "The day on which the prices were looked up");

  private final Shape shape;

  ModelKey(String key, ValueType type, String fallback, String example, String meaning) {
    this.shape = new Shape(key, type, fallback, example, meaning);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public boolean needed() {
    return this == PROVIDER || this == MODEL;
  }
}
