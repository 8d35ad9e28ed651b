package dev.sandpiper.edge.burst.local;

import org.jspecify.annotations.Nullable;

/// The workers' AOT cache.
interface AotCache {

  /// The flag that makes a worker use it; `null` while there is none.
  @Nullable String flag();

  /// Never one.
  AotCache NONE = () -> null;
}
