package dev.sandpiper.edge.config;

/// The keys of a `[providers.NAME]` section.
// Every ValueType is a record of immutable parts, which the checker cannot see through an
// interface.
@SuppressWarnings("ImmutableEnumChecker")
enum ProviderKey implements SectionKey {
  KIND(
      "kind",
      ValueType.choice("openai", "anthropic", "gemini", "ollama", "bedrock"),
      "openai",
      "openai",
      "What it speaks. openai: OpenAI and everything compatible with it, such as Groq, DeepSeek,"
          + " OpenRouter, vLLM and LM Studio"),
  BASE_URL(
      "base_url",
      ValueType.TEXT,
      "",
      "https://api.groq.com/openai/v1",
      "Where it is; empty: the address of the kind's own service"),
  REGION("region", ValueType.TEXT, "", "", "Region, for instance eu-central-1; for bedrock"),
  PROFILE(
      "profile",
      ValueType.TEXT,
      "",
      "",
      "Profile of the AWS configuration file, for bedrock; empty: what the AWS SDK finds by itself"),
  KEYS(
      "keys",
      ValueType.SECRET_LIST,
      "[]",
      "env:GROQ_API_KEY",
      "Where its keys are: env:NAME, file:/path or credential:name. With several, the one that was"
          + " refused longest ago is used"),
  RPM("rpm", ValueType.integer(0, 1_000_000), "0", "", "Most requests a minute; 0: no limit"),
  TPM(
      "tpm",
      ValueType.integer(0, 1_000_000_000),
      "0",
      "",
      "Most tokens a minute, questions and longest answers together; 0: no limit"),
  CONCURRENCY(
      "concurrency", ValueType.integer(1, 1_000), "4", "", "Most requests at once; more wait"),
  CONNECT_TIMEOUT(
      "connect_timeout",
      ValueType.duration("100ms", "5m"),
      "10s",
      "",
      "Longest wait for a connection"),
  FIRST_TOKEN_TIMEOUT(
      "first_token_timeout",
      ValueType.duration("100ms", "30m"),
      "60s",
      "",
      "Longest wait for the first word of an answer; a model at home may have to be loaded first"),
  IDLE_TIMEOUT(
      "idle_timeout",
      ValueType.duration("100ms", "30m"),
      "30s",
      "",
      "Longest pause inside an answer"),
  TOTAL_TIMEOUT(
      "total_timeout",
      ValueType.duration("1s", "2h"),
      "5m",
      "",
      "Longest time for one answer; waiting for its turn may take as long again");

  private final Shape shape;

  ProviderKey(String key, ValueType type, String fallback, String example, String meaning) {
    this.shape = new Shape(key, type, fallback, example, meaning);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public boolean needed() {
    return this == KIND;
  }
}
