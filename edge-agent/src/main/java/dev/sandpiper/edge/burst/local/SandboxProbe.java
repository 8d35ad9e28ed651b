package dev.sandpiper.edge.burst.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Finds the sandbox that works here, by running it.
final class SandboxProbe {

  private static final long MILLIS = 5_000;
  private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/local/bin", "/bin");

  private SandboxProbe() {}

  /// The sandbox for `mode`.
  ///
  /// @throws IOException when a mode was asked for that does not work here
  static Sandbox find(SandboxMode mode) throws IOException {
    return switch (mode) {
      case NONE -> new Sandbox.None();
      case BWRAP ->
          bubblewrap()
              .orElseThrow(() -> new IOException("bubblewrap does not work here. " + better()));
      case UNSHARE ->
          unshare()
              .orElseThrow(() ->
                  new IOException(
                      "unshare with a network of its own does not work here. " + better()));
      case AUTO -> bubblewrap().or(SandboxProbe::unshare).orElseGet(Sandbox.None::new);
    };
  }

  /// How to get the best one.
  static String better() {
    return "Install bubblewrap (apt install bubblewrap) and allow user namespaces.";
  }

  private static Optional<Sandbox> bubblewrap() {
    return program("bwrap")
        .filter(bwrap ->
            works(
                bwrap.toString(),
                "--unshare-all",
                "--die-with-parent",
                "--ro-bind",
                "/",
                "/",
                "--proc",
                "/proc",
                "--dev",
                "/dev",
                "--",
                "/bin/true"))
        .map(Sandbox.Bubblewrap::new);
  }

  private static Optional<Sandbox> unshare() {
    return program("unshare")
        .filter(unshare ->
            works(
                unshare.toString(),
                "--map-root-user",
                "--net",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "/bin/sh",
                "-c",
                "ip link set lo up"))
        .map(Sandbox.Unshare::new);
  }

  private static Optional<Path> program(String name) {
    return FOLDERS.stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean works(String... command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.environment().keySet().retainAll(List.of("PATH"));
      Process process = builder.start();
      process.getOutputStream().close();
      if (process.waitFor(MILLIS, TimeUnit.MILLISECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException _) {
      // It cannot even be started: it does not work here.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
