package dev.sandpiper.edge.burst.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The workers' AOT cache.
interface AotCache {

  /// Its file; `null` while there is none.
  @Nullable Path file();

  /// Never one.
  AotCache NONE = () -> null;
}
