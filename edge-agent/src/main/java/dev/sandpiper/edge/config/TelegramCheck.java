package dev.sandpiper.edge.config;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What must fit together among the keys of `telegram`, once there is a token.
final class TelegramCheck {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private TelegramCheck() {}

  /// Every key that is wrong, with what is wrong about it.
  static Map<ConfigKey, String> problems(Values values) {
    Map<ConfigKey, String> problems = new TreeMap<>();
    if (values.text(ConfigKey.TELEGRAM_TOKEN).isEmpty()) {
      if (values.text(ConfigKey.TELEGRAM_MODE).equals("webhook")) {
        problems.put(
            ConfigKey.TELEGRAM_MODE, "needs telegram.token, for instance \"env:TELEGRAM_TOKEN\"");
      }
      return problems;
    }
    if (!isSafe(values.text(ConfigKey.TELEGRAM_BASE_URL))) {
      problems.put(
          ConfigKey.TELEGRAM_BASE_URL,
          "must be an https:// URL; http:// is taken for this machine only, because the token is"
              + " part of every address");
    }
    String webhook = values.text(ConfigKey.TELEGRAM_WEBHOOK_URL);
    if (values.text(ConfigKey.TELEGRAM_MODE).equals("webhook") && !isSafe(webhook)) {
      problems.put(
          ConfigKey.TELEGRAM_WEBHOOK_URL,
          webhook.isEmpty()
              ? "is needed when telegram.mode is \"webhook\""
              : "must be an https:// URL: Telegram brings messages to no other");
    }
    return problems;
  }

  private static boolean isSafe(String url) {
    try {
      URI uri = URI.create(url);
      String host = uri.getHost();
      return host != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null
          && ("https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host)));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
