package dev.sandpiper.standin.thirdparty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The Python that has moto: one that is named, or a virtual environment in the user's cache, keyed
/// by its pinned requirements.
final class MotoPython {

  /// Names a Python that can `import moto.server`.
  static final String PROPERTY = "sandpiper.moto.python";

  /// The same as an environment variable.
  static final String VARIABLE = "SANDPIPER_MOTO_PYTHON";

  static final String WANTED =
      "moto_server (CI=true installs it with pip; or name a Python that has it with "
          + VARIABLE
          + ")";

  private static final String REQUIREMENTS = "moto-requirements.txt";
  private static final long INSTALL_MINUTES = 5;

  private MotoPython() {}

  static synchronized Optional<Path> find() throws InterruptedException {
    String named = System.getProperty(PROPERTY, System.getenv(VARIABLE));
    if (named != null && !named.isEmpty()) {
      Path python = Path.of(named);
      return hasMoto(python) ? Optional.of(python) : Optional.empty();
    }
    try {
      byte[] requirements = requirements();
      Path home = cache(System.getenv("XDG_CACHE_HOME")).resolve("moto-" + key(requirements));
      Path python = home.resolve("bin/python");
      if (Files.isExecutable(python)) {
        return Optional.of(python);
      }
      return "true".equals(System.getenv("CI")) && install(home, requirements)
          ? Optional.of(python)
          : Optional.empty();
    } catch (IOException e) {
      System.err.println("moto cannot be installed: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Path cache(@Nullable String named) {
    Path base =
        named == null || named.isEmpty()
            ? Path.of(System.getProperty("user.home", ""), ".cache")
            : Path.of(named);
    return base.resolve("sandpiper-tests");
  }

  /// Builds beside `home` and moves it there whole: two builds may come at once.
  private static boolean install(Path home, byte[] requirements)
      throws IOException, InterruptedException {
    Path parent = Files.createDirectories(home.resolveSibling("."));
    try (FileChannel channel =
            FileChannel.open(
                parent.resolve("moto.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (Files.isExecutable(home.resolve("bin/python"))) {
        return true;
      }
      Path partial = Files.createTempDirectory(parent, "moto-partial-");
      Path list = Files.write(partial.resolve(REQUIREMENTS), requirements);
      boolean made =
          run(INSTALL_MINUTES, "python3", "-m", "venv", partial.toString())
              && run(
                  INSTALL_MINUTES,
                  partial.resolve("bin/python").toString(),
                  "-m",
                  "pip",
                  "install",
                  "--quiet",
                  "--no-input",
                  "--requirement",
                  list.toString());
      if (made) {
        Files.move(partial, home);
      }
      return made;
    }
  }

  private static boolean hasMoto(Path python) throws InterruptedException {
    return run(1, python.toString(), "-c", "import moto.server");
  }

  private static boolean run(long minutes, String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException _) {
      return false; // there is no such program
    }
  }

  private static byte[] requirements() throws IOException {
    try (InputStream in = MotoPython.class.getResourceAsStream(REQUIREMENTS)) {
      if (in == null) {
        throw new IOException(REQUIREMENTS + " is not on the class path");
      }
      return in.readAllBytes();
    }
  }

  private static String key(byte[] requirements) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(requirements);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
