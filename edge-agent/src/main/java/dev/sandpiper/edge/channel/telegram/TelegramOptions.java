package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.config.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What the channel is told.
///
/// @param base the Bot API server: Telegram's, or one's own
/// @param token the bot's, from BotFather
/// @param webhook where Telegram sends updates; `null`: the agent asks for them
public record TelegramOptions(URI base, Secret token, @Nullable Webhook webhook) {

  /// Telegram's own server.
  public static final URI TELEGRAM = URI.create("https://api.telegram.org");

  /// A door for updates.
  ///
  /// @param url public address that reaches `POST /hooks/telegram`
  /// @param secret proves that Telegram calls; `null`: made once and kept in the database
  public record Webhook(URI url, @Nullable Secret secret) {}

  /// Whether Telegram's limits of files hold.
  boolean isTelegramsOwn() {
    return TELEGRAM.getHost().equals(base.getHost());
  }
}
