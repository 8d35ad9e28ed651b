package dev.sandpiper.edge.net;

import java.net.URI;
import java.util.Locale;

/// Where a connection leads.
record Origin(boolean tls, String host, int port) {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /// @throws IllegalArgumentException when it is not an address of a web server; the message quotes
  ///   nothing of it but its scheme and host
  static Origin of(URI uri, String plainScheme, String tlsScheme) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals(tlsScheme);
    if (!tls && !scheme.equals(plainScheme)) {
      throw new IllegalArgumentException(
          "an address begins with %s:// or %s://, not with %s://"
              .formatted(tlsScheme, plainScheme, scheme));
    }
    String host = uri.getHost();
    if (host == null) {
      throw new IllegalArgumentException("an address without a host cannot be called");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("an address with a user name in it is not called");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS : HTTP;
    return new Origin(tls, host.toLowerCase(Locale.ROOT), port);
  }

  /// As the Host header wants it, and as people read it.
  String label() {
    return port == (tls ? HTTPS : HTTP) ? host : host + ":" + port;
  }

  /// The host without the brackets of an IPv6 address.
  String name() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /// What is asked of the server.
  static String target(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }
}
