package dev.sandpiper.edge.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The Discord bot.
///
/// @param token empty: there is none
/// @param base of Discord's interface, without a slash at its end
public record DiscordConfig(Optional<SecretRef> token, URI base) {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  static DiscordConfig from(Values values) {
    return new DiscordConfig(
        SecretRef.find(values.text(ConfigKey.DISCORD_TOKEN)),
        URI.create(values.text(ConfigKey.DISCORD_BASE_URL).replaceFirst("/+$", "")));
  }

  /// Every key that is wrong, with what is wrong about it.
  static Map<ConfigKey, String> problems(Values values) {
    return isSafe(values.text(ConfigKey.DISCORD_BASE_URL))
        ? Map.of()
        : Map.of(
            ConfigKey.DISCORD_BASE_URL,
            "must be an https:// URL; http:// is taken for this machine only");
  }

  private static boolean isSafe(String text) {
    try {
      URI uri = new URI(text);
      String host = uri.getHost();
      return host != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && ("https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host)));
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
