package dev.sandpiper.edge.burst.local;

import java.nio.file.Path;

/// What a worker does with an AOT cache.
///
/// @param training whether it writes the file at its end, rather than starting from it
record AotUse(Path file, boolean training) {

  String flag() {
    return (training ? "-XX:AOTCacheOutput=" : "-XX:AOTCache=") + file;
  }
}
