package dev.sandpiper.edge.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The HTTP server's settings.
///
/// @param bind address to listen on
/// @param port port; 0 takes a free one
/// @param token where the bearer token is; empty: generated in the agent's home
/// @param hosts names that the Host header may hold beside loopback names
/// @param limits its bounds
public record HttpConfig(
    String bind, int port, Optional<SecretRef> token, List<String> hosts, Limits limits) {

  public HttpConfig {
    hosts = List.copyOf(hosts);
  }

  /// Bounds of the server. Sizes are bytes, the rate is bytes per second.
  public record Limits(
      int connections,
      int uploads,
      int lookups,
      int subscribers,
      int hooks,
      int requestLine,
      int header,
      Duration headerTimeout,
      Duration idleTimeout,
      Duration stallTimeout,
      long minRate) {}

  static HttpConfig from(Values values) {
    return new HttpConfig(
        values.text(ConfigKey.HTTP_BIND),
        values.integer(ConfigKey.HTTP_PORT),
        SecretRef.find(values.text(ConfigKey.HTTP_TOKEN)),
        values.list(ConfigKey.HTTP_HOSTS),
        new Limits(
            values.integer(ConfigKey.HTTP_MAX_CONNECTIONS),
            values.integer(ConfigKey.HTTP_MAX_UPLOADS),
            values.integer(ConfigKey.HTTP_MAX_LOOKUPS),
            values.integer(ConfigKey.HTTP_MAX_SUBSCRIBERS),
            values.integer(ConfigKey.HTTP_MAX_HOOKS),
            Math.toIntExact(values.size(ConfigKey.HTTP_MAX_REQUEST_LINE)),
            Math.toIntExact(values.size(ConfigKey.HTTP_MAX_HEADER)),
            values.duration(ConfigKey.HTTP_HEADER_TIMEOUT),
            values.duration(ConfigKey.HTTP_IDLE_TIMEOUT),
            values.duration(ConfigKey.HTTP_STALL_TIMEOUT),
            values.size(ConfigKey.HTTP_MIN_RATE)));
  }

  /// Whether only this machine can reach the server.
  boolean isLoopback() {
    return bind.startsWith("127.") || bind.equals("localhost") || bind.equals("::1");
  }
}
