package dev.sandpiper.edge.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.Needed;
import java.io.IOException;
import java.nio.file.Path;

/// A real file system over a folder, in memory, until it is closed.
record Tmpfs(Path folder) implements AutoCloseable {

  /// @param options as `mount -o` takes them
  static Tmpfs over(Path folder, String options) throws Exception {
    Needed.command(
        "the right to mount a file system",
        "mount",
        "-t",
        "tmpfs",
        "-o",
        options,
        "tmpfs",
        folder.toString());
    return new Tmpfs(folder);
  }

  @Override
  public void close() throws IOException {
    Process unmount =
        new ProcessBuilder("umount", "-l", folder.toString()).redirectErrorStream(true).start();
    assertThat(unmount.onExit().join().exitValue()).isZero();
  }
}
