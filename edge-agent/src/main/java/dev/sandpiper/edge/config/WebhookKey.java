package dev.sandpiper.edge.config;

/// The keys of a `[webhooks.NAME]` section.
// Every ValueType is a record of immutable parts, which the checker cannot see through an
// interface.
@SuppressWarnings("ImmutableEnumChecker")
enum WebhookKey implements SectionKey {
  SECRETS(
      "secrets",
      ValueType.SECRET_LIST,
      "[]",
      "env:HOME_ASSISTANT_SECRET",
      "Where its signing secrets are (whsec_…, of 24 to 64 bytes): env:NAME, file:/path or"
          + " credential:name. Any of them is taken, all of them sign; for a change, list the new one"
          + " beside the old"),
  URL(
      "url",
      ValueType.TEXT,
      "",
      "http://127.0.0.1:8123/api/webhook/sandpiper",
      "Where answers go; empty: nowhere, what comes in is still done");

  private final Shape shape;

  WebhookKey(String key, ValueType type, String fallback, String example, String meaning) {
    this.shape = new Shape(key, type, fallback, example, meaning);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public boolean needed() {
    return this == SECRETS;
  }
}
