package dev.sandpiper.edge.burst.local;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Private folders of agents that died without removing them. Their names begin with the process id
/// of the agent; nothing else is touched.
final class Leftovers {

  private static final int MOST = 1_000;

  /// Process start times come from the clock of the machine's start, which may be set meanwhile.
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(10);

  private Leftovers() {}

  /// Makes a private folder `<prefix><pid>-…` in `parent`.
  static Path create(Path parent, String prefix) throws IOException {
    return Files.createTempDirectory(parent, prefix + ProcessHandle.current().pid() + "-");
  }

  /// Removes what dead processes left in `parent` under such names. What cannot be removed stays
  /// and harms nothing.
  static void sweep(Path parent, String prefix) {
    for (Path folder : matching(parent, prefix + "*-*")) {
      try {
        if (isLeft(folder, prefix)) {
          Folders.delete(folder);
        }
      } catch (IOException _) {
        // It takes some room until the next start.
      }
    }
  }

  /// Removes what `parent` holds of earlier versions and settings: everything that matches `glob`
  /// but does not begin with `keep`, [#MOST] at once. What cannot be removed stays.
  static void keepOnly(Path parent, String glob, String keep) {
    for (Path old : matching(parent, glob)) {
      if (!old.getFileName().toString().startsWith(keep)) {
        try {
          Folders.delete(old);
        } catch (IOException _) {
          // It takes some room until the next start.
        }
      }
    }
  }

  private static List<Path> matching(Path parent, String glob) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, glob)) {
      for (Path entry : entries) {
        if (found.size() == MOST) {
          break;
        }
        found.add(entry);
      }
    } catch (IOException | DirectoryIteratorException _) {
      // There is no such folder, or not for this user: nothing of this agent is in it.
    }
    return found;
  }

  private static boolean isLeft(Path folder, String prefix) throws IOException {
    String name = folder.getFileName().toString();
    String pid = name.substring(prefix.length(), name.indexOf('-', prefix.length()));
    boolean number = !pid.isEmpty() && pid.length() < 10 && pid.chars().allMatch(Leftovers::digit);
    return number
        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && ours(folder)
        && !alive(Long.parseLong(pid), Files.getLastModifiedTime(folder).toInstant());
  }

  private static boolean digit(int character) {
    return character >= '0' && character <= '9';
  }

  /// In a shared folder like `/tmp`, others may make folders of this name, full of traps.
  private static boolean ours(Path folder) throws IOException {
    return Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS)
            .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
        && ((int) Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 077) == 0;
  }

  /// Whether the process that made a folder still runs: in a container, each agent has the same id,
  /// so a process that is younger than the folder is another one.
  private static boolean alive(long pid, Instant lastUse) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return process.isPresent()
        && process
            .flatMap(one -> one.info().startInstant())
            .map(start -> start.minus(CLOCK_SLACK).isBefore(lastUse))
            .orElse(true);
  }
}
