package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.config.Secret;
import java.net.URI;
import java.time.Duration;

/// How Discord is reached.
///
/// @param token the bot's
/// @param base of the REST interface, without a slash at its end
/// @param pause first wait before the gateway is tried again; it doubles up to `longestPause`
public record DiscordOptions(Secret token, URI base, Duration pause, Duration longestPause) {

  /// With the waits that suit Discord.
  public DiscordOptions(Secret token, URI base) {
    this(token, base, Duration.ofSeconds(1), Duration.ofMinutes(5));
  }

  /// Whether it speaks without TLS, to a stand-in on this machine.
  boolean isPlain() {
    return "http".equals(base.getScheme());
  }
}
