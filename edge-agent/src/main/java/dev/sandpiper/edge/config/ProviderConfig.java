package dev.sandpiper.edge.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Who runs models: a `[providers.NAME]` section.
///
/// @param name the owner's name for it
/// @param kind what it speaks
/// @param baseUrl where it is; empty: the address of the kind's own service
/// @param region for Bedrock; empty for the others
/// @param profile of the AWS configuration file; empty: what the SDK finds by itself
/// @param keys where its keys are; empty when it takes none
/// @param limits how much it is given
/// @param times how long it is waited for
public record ProviderConfig(
    String name,
    Kind kind,
    Optional<String> baseUrl,
    String region,
    Optional<String> profile,
    List<SecretRef> keys,
    Limits limits,
    Times times) {

  public ProviderConfig {
    keys = List.copyOf(keys);
  }

  /// What a provider speaks.
  public enum Kind {
    /// Chat completions: OpenAI and everything compatible with it.
    OPENAI,
    /// Anthropic's messages.
    ANTHROPIC,
    /// Google's generateContent.
    GEMINI,
    /// Ollama's own.
    OLLAMA,
    /// Amazon Bedrock's Converse.
    BEDROCK
  }

  /// How much it is given.
  ///
  /// @param requests a minute; 0: no limit
  /// @param tokens a minute; 0: no limit
  /// @param concurrency most requests at once
  public record Limits(int requests, int tokens, int concurrency) {}

  /// How long it is waited for.
  ///
  /// @param connect for a connection
  /// @param firstToken for the first word
  /// @param idle inside an answer
  /// @param total for the whole answer, waiting for limits included
  public record Times(Duration connect, Duration firstToken, Duration idle, Duration total) {}

  static ProviderConfig from(SectionValues section) {
    Values values = section.values();
    return new ProviderConfig(
        section.name(),
        Kind.valueOf(values.text(ProviderKey.KIND).toUpperCase(Locale.ROOT)),
        values.findText(ProviderKey.BASE_URL),
        values.text(ProviderKey.REGION),
        values.findText(ProviderKey.PROFILE),
        values.secrets(ProviderKey.KEYS),
        new Limits(
            values.integer(ProviderKey.RPM),
            values.integer(ProviderKey.TPM),
            values.integer(ProviderKey.CONCURRENCY)),
        new Times(
            values.duration(ProviderKey.CONNECT_TIMEOUT),
            values.duration(ProviderKey.FIRST_TOKEN_TIMEOUT),
            values.duration(ProviderKey.IDLE_TIMEOUT),
            values.duration(ProviderKey.TOTAL_TIMEOUT)));
  }
}
