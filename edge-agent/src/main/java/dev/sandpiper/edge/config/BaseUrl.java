package dev.sandpiper.edge.config;

import java.net.URI;
import java.util.Set;

/// Which URLs are taken as the address of a service.
final class BaseUrl {

  /// What is said about every other.
  static final String RULE = "must be an https:// URL; http:// is taken for this machine only";

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private BaseUrl() {}

  /// Whether what is sent there is encrypted, or never leaves this machine.
  static boolean isSafe(String url) {
    try {
      URI uri = URI.create(url);
      String host = uri.getHost();
      return host != null
          && ("https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host)));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
