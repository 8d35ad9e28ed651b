package dev.sandpiper.edge.fake;

import dev.sandpiper.edge.Needed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Somebody else's client of a far side, run by Node.js: `prove.js` beside the proof's class, with
/// what its `package-lock.json` names. It says a line for whatever happens to it.
public final class NodeClient implements AutoCloseable {

  private static final long INSTALL_SECONDS = 240;
  private static final long LINE_SECONDS = 60;

  private final Process process;
  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private NodeClient(Process process) {
    this.process = process;
    Thread.ofVirtual()
        .start(() -> {
          try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(lines::add);
          } catch (IOException e) {
            lines.add("failed to read: " + e.getMessage());
          }
        });
  }

  /// Starts one, installed once beside the checkout.
  ///
  /// @param library its name in the registry
  public static NodeClient start(Class<?> proof, String library, Map<String, String> environment)
      throws Exception {
    Needed.command("Node.js 18 or newer", "node", "--version");
    Needed.command("npm", "npm", "--version");
    ProcessBuilder builder =
        new ProcessBuilder("node", "prove.js")
            .directory(installed(proof, library).toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new NodeClient(builder.start());
  }

  private static Path installed(Class<?> proof, String library) throws Exception {
    byte[] lock = resource(proof, "package-lock.json");
    String hash =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(lock))
            .substring(0, 16);
    Path folder = cache().resolve(library).resolve(hash);
    Files.createDirectories(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      Files.write(folder.resolve("prove.js"), resource(proof, "prove.js"));
      if (!Files.exists(folder.resolve("complete"))) {
        Files.write(folder.resolve("package.json"), resource(proof, "package.json"));
        Files.write(folder.resolve("package-lock.json"), lock);
        Process npm =
            new ProcessBuilder(
                    "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("npm.log").toFile())
                .start();
        boolean done = npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS) && npm.exitValue() == 0;
        Needed.that(
            done, library + " from npm; what went wrong is in " + folder.resolve("npm.log"));
        Files.writeString(folder.resolve("complete"), "");
      }
    }
    return folder;
  }

  private static Path cache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(text -> !text.isEmpty())
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("sandpiper");
  }

  private static byte[] resource(Class<?> proof, String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(proof.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }

  /// What it says next.
  public String next() throws InterruptedException {
    return String.valueOf(lines.poll(LINE_SECONDS, TimeUnit.SECONDS));
  }

  /// Lets it go: it ends with its input.
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
