package dev.sandpiper.edge.identity;

import java.net.URI;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;

/// How AWS is reached.
///
/// @param endpoint base URL in place of AWS's own; empty: AWS itself
/// @param trusted authorities whose servers are believed; empty: those the JVM trusts
/// @param connect longest wait for a connection
/// @param read longest wait for the next byte, and for the whole answer twice that
public record Door(
    Optional<URI> endpoint, Optional<KeyStore> trusted, Duration connect, Duration read) {

  /// Two lost packets are made up for in it; whoever asks tries again.
  private static final Duration CONNECT = Duration.ofSeconds(4);

  private static final Duration READ = Duration.ofSeconds(20);

  public Door {
    if (connect.toMillis() < 1 || read.toMillis() < 1) {
      throw new IllegalArgumentException("time-outs must be at least 1 ms");
    }
  }

  /// AWS itself, or what stands for it.
  public static Door of(Optional<URI> endpoint) {
    return new Door(endpoint, Optional.empty(), CONNECT, READ);
  }
}
