package dev.sandpiper.edge.burst.local;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A way to confine a worker.
sealed interface Sandbox {

  /// What it keeps a worker from, for messages.
  String label();

  /// Whether the worker gets a network of its own and reaches the agent by a unix socket only.
  boolean ownNetwork();

  /// Whether the worker cannot write to the documents it is shown, so that they may be links.
  boolean readOnlyDocuments();

  /// The command that runs `launch` confined.
  List<String> wrap(Launch launch, List<String> command);

  /// bubblewrap: no network, no processes of others, a read-only root with the system's programs
  /// and libraries, the JDK and the function, and no more of the disk than the exchange folders.
  record Bubblewrap(Path program) implements Sandbox {

    private static final List<String> SYSTEM =
        List.of(
            "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/fonts", "/etc/ld.so.cache");

    @Override
    public String label() {
      return "bubblewrap: no network, read-only root, private folders";
    }

    @Override
    public boolean readOnlyDocuments() {
      return true;
    }

    @Override
    public boolean ownNetwork() {
      return true;
    }

    @Override
    public List<String> wrap(Launch launch, List<String> command) {
      List<String> line = new ArrayList<>();
      line.add(program.toString());
      line.addAll(
          List.of(
              "--unshare-all",
              "--die-with-parent",
              "--new-session",
              "--cap-drop",
              "ALL",
              "--hostname",
              "worker",
              "--proc",
              "/proc",
              "--dev",
              "/dev",
              "--dir",
              "/tmp"));
      // Nothing of the root's own memory file systems is writable: they would count on nobody's
      // limit.
      SYSTEM.forEach(path -> system(line, Path.of(path)));
      readOnly(line, launch.options().javaHome());
      readOnly(line, launch.image().folder());
      launch.options().runtimeClasspath().forEach(jar -> readOnly(line, jar));
      launch.cacheFolder().forEach(folder -> readOnly(line, folder));
      readOnly(line, launch.exchange().in());
      bind(line, "--bind", launch.exchange().out());
      bind(line, "--bind", launch.exchange().tmp());
      if (launch.socket() != null) {
        bind(line, "--bind", launch.socket());
      }
      line.addAll(
          List.of(
              "--remount-ro",
              "/dev",
              "--remount-ro",
              "/",
              "--chdir",
              launch.image().folder().toString(),
              "--"));
      line.addAll(command);
      return line;
    }

    /// On most systems `/bin` and `/lib` are links into `/usr` and stay links inside.
    private static void system(List<String> line, Path path) {
      if (Files.isSymbolicLink(path)) {
        try {
          line.addAll(
              List.of("--symlink", Files.readSymbolicLink(path).toString(), path.toString()));
        } catch (java.io.IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
      } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        readOnly(line, path);
      }
    }

    private static void readOnly(List<String> line, Path path) {
      bind(line, "--ro-bind", path);
    }

    private static void bind(List<String> line, String how, Path path) {
      line.addAll(List.of(how, path.toString(), path.toString()));
    }
  }

  /// unshare: no network and no processes of others; the disk stays as it is.
  record Unshare(Path program) implements Sandbox {

    @Override
    public String label() {
      return "unshare: no network";
    }

    @Override
    public boolean readOnlyDocuments() {
      return false;
    }

    @Override
    public boolean ownNetwork() {
      return true;
    }

    @Override
    public List<String> wrap(Launch launch, List<String> command) {
      List<String> line = new ArrayList<>();
      line.addAll(
          List.of(
              program.toString(),
              "--map-root-user",
              "--net",
              "--pid",
              "--fork",
              "--kill-child",
              "--mount-proc",
              "/bin/sh",
              "-c",
              "ip link set lo up && exec \"$@\"",
              "sh"));
      line.addAll(command);
      return line;
    }
  }

  /// Limits only.
  record None() implements Sandbox {
    @Override
    public String label() {
      return "none: limits only";
    }

    @Override
    public boolean readOnlyDocuments() {
      return false;
    }

    @Override
    public boolean ownNetwork() {
      return false;
    }

    @Override
    public List<String> wrap(Launch launch, List<String> command) {
      return command;
    }
  }
}
