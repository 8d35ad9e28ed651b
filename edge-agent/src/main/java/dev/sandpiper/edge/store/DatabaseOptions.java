package dev.sandpiper.edge.store;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a database is opened.
///
/// @param nativeDir folder for SQLite's native library, filled once and used at every later start;
///   `null` lets the driver unpack it into a temporary folder each time
/// @param linger how long a commit waits for company when several writers are already waiting
/// @param maxGroup most transactions in one commit
/// @param readers most readers at once; each costs a connection
/// @param readCacheKib page cache of each read connection, in KiB
/// @param writeCacheKib page cache of the write connection, in KiB
public record DatabaseOptions(
    @Nullable Path nativeDir,
    Duration linger,
    int maxGroup,
    int readers,
    int readCacheKib,
    int writeCacheKib) {

  public DatabaseOptions {
    if (maxGroup < 1 || readers < 1 || readCacheKib < 1 || writeCacheKib < 1) {
      throw new IllegalArgumentException("database options must be 1 or more");
    }
  }

  /// Fit for a small machine: 5 ms, groups of 256, 2 readers with 1 MB each, 2 MB for the writer.
  public static DatabaseOptions defaults() {
    return new DatabaseOptions(null, Duration.ofMillis(5), 256, 2, 1024, 2048);
  }

  /// The same with the native library in `dir`.
  public DatabaseOptions withNativeDir(Path dir) {
    return new DatabaseOptions(dir, linger, maxGroup, readers, readCacheKib, writeCacheKib);
  }
}
