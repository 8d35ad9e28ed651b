package dev.sandpiper.edge.browser;

import dev.sandpiper.edge.Needed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Packages of npm that tests use as independent judges, installed once into the person's cache.
public final class NodeModules {

  private NodeModules() {}

  /// The `node_modules` folder that holds a package.
  ///
  /// @param name such as `axe-core`
  /// @param version exact
  public static Path with(String name, String version) throws IOException, InterruptedException {
    Needed.command("npm, of Debian's package npm or nodejs", "npm", "--version");
    String cache = System.getenv("XDG_CACHE_HOME");
    Path root =
        (cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
            .resolve("sandpiper")
            .resolve("npm")
            .resolve(name.replace('/', '-') + "-" + version);
    Files.createDirectories(root);
    // Two runs at once install it once.
    try (FileChannel channel =
            FileChannel.open(
                root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!Files.exists(root.resolve("complete"))) {
        int code =
            new ProcessBuilder(
                    "npm",
                    "install",
                    "--prefix",
                    root.toString(),
                    "--no-audit",
                    "--no-fund",
                    "--ignore-scripts",
                    name + "@" + version)
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("log").toFile())
                .start()
                .waitFor();
        Needed.that(code == 0, name + " from npm; see " + root.resolve("log"));
        Files.createFile(root.resolve("complete"));
      }
    }
    return root.resolve("node_modules");
  }
}
