package dev.sandpiper.edge.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/// A watched folder's `done/` and `failed/`, and which of its files are none of our business.
final class OutTrays {

  private static final int MOST_NUMBERS = 100_000;
  private static final List<String> UNFINISHED =
      List.of(".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".swp", "~");

  private final Path folder;
  private final Path done;
  private final Path failed;

  OutTrays(Path folder) {
    this.folder = folder;
    this.done = folder.resolve("done");
    this.failed = folder.resolve("failed");
  }

  /// Whether a path is input: not hidden, not a download under way, not in a tray.
  boolean isInbox(Path path) {
    if (path.startsWith(done) || path.startsWith(failed) || !path.startsWith(folder)) {
      return false;
    }
    for (Path part : folder.relativize(path)) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    String name = nameOf(path).toLowerCase(Locale.ROOT);
    return UNFINISHED.stream().noneMatch(name::endsWith);
  }

  Path done(Path file) throws IOException {
    return move(file, done);
  }

  Path failed(Path file, String reason) throws IOException {
    Path moved = move(file, failed);
    Path note = moved.resolveSibling(nameOf(moved) + ".reason.txt");
    Files.write(
        note,
        (reason + "\n").getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING);
    return moved;
  }

  static String nameOf(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }

  /// Moves without overwriting: a second `a.pdf` becomes `a-2.pdf`. Folders below are kept.
  private Path move(Path file, Path tray) throws IOException {
    Path target = tray.resolve(folder.relativize(file));
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    for (int number = 1; number < MOST_NUMBERS; number++) {
      Path free = number == 1 ? target : numbered(target, number);
      try {
        // The name is claimed first, so that the move cannot overwrite anything.
        Files.createFile(free);
        return Files.move(file, free, StandardCopyOption.REPLACE_EXISTING);
      } catch (FileAlreadyExistsException _) {
        // taken: the next number
      } catch (IOException e) {
        deleteClaim(free);
        throw e;
      }
    }
    throw new IOException("no free name for " + file + " in " + tray);
  }

  private static void deleteClaim(Path claim) throws IOException {
    if (Files.exists(claim) && Files.size(claim) == 0) {
      Files.deleteIfExists(claim);
    }
  }

  private static Path numbered(Path target, int number) {
    String name = nameOf(target);
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String suffix = dot > 0 ? name.substring(dot) : "";
    return target.resolveSibling(stem + "-" + number + suffix);
  }
}
