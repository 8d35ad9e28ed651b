package dev.sandpiper.edge.config;

import java.net.URI;
import java.util.Optional;

/// Telegram's settings.
///
/// @param token where the bot's token is
/// @param baseUrl the Bot API server
/// @param webhook where Telegram brings messages; empty: the agent asks for them
public record TelegramConfig(SecretRef token, URI baseUrl, Optional<Webhook> webhook) {

  /// A door for Telegram.
  ///
  /// @param url public address of `POST /hooks/telegram`
  /// @param secret where its secret is; empty: made once and kept
  public record Webhook(URI url, Optional<SecretRef> secret) {}

  /// Empty when Telegram is not switched on.
  static Optional<TelegramConfig> from(Values values) {
    return SecretRef.find(values.text(ConfigKey.TELEGRAM_TOKEN))
        .map(token ->
            new TelegramConfig(
                token, uri(values.text(ConfigKey.TELEGRAM_BASE_URL)), webhook(values)));
  }

  private static Optional<Webhook> webhook(Values values) {
    return values.text(ConfigKey.TELEGRAM_MODE).equals("webhook")
        ? Optional.of(
            new Webhook(
                uri(values.text(ConfigKey.TELEGRAM_WEBHOOK_URL)),
                SecretRef.find(values.text(ConfigKey.TELEGRAM_WEBHOOK_SECRET))))
        : Optional.empty();
  }

  /// What is no address at all is told by [TelegramCheck].
  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException _) {
      return URI.create("invalid:");
    }
  }
}
