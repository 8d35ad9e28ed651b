package dev.sandpiper.edge.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Makes the write-ahead log durable: what `synchronous=FULL` does with an fsync, done with an
/// fdatasync and only when somebody waits for it. RATIONALE.md says why that is as safe.
interface WalSync extends AutoCloseable {

  /// Returns when everything in the log is on the disk.
  void force() throws IOException;

  @Override
  void close() throws IOException;

  /// The real one.
  static WalSync open(Path log) throws IOException {
    FileChannel channel = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new WalSync() {
      @Override
      public void force() throws IOException {
        channel.force(false);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  /// Opens the sync of a log; replaced only by tests that make the disk fail.
  @FunctionalInterface
  interface Opener {
    WalSync open(Path log) throws IOException;
  }
}
