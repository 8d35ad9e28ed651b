package dev.sandpiper.functions;

import dev.sandpiper.contract.RejectCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A folder the host has shared, named by an environment variable; absent in Lambda.
///
/// @param variable the variable, for messages
/// @param folder the folder; `null` when the host shares none
record HostRoot(String variable, @Nullable Path folder) {

  static final String IN = "SANDPIPER_IN";
  static final String OUT = "SANDPIPER_OUT";

  static HostRoot of(String variable, @Nullable String value) {
    return new HostRoot(variable, value == null || value.isEmpty() ? null : Path.of(value));
  }

  /// The existing regular file at `path`, with every link resolved.
  ///
  /// @throws RefusedException when it lies outside the folder or is no file
  Path existing(String path) {
    Path root = root(path);
    Path file;
    try {
      root = root.toRealPath();
      file = root.resolve(path).toRealPath();
    } catch (IOException | InvalidPathException e) {
      throw refused(path, "does not exist");
    }
    if (!file.startsWith(root)) {
      throw refused(path, "leads outside the shared folder");
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw refused(path, "is not a regular file");
    }
    return file;
  }

  /// Where a new file at `path` goes; its folder exists and lies inside the shared one.
  ///
  /// @throws RefusedException when it would lie outside the folder
  Path target(String path) {
    Path root = root(path);
    try {
      root = root.toRealPath();
      Path file = root.resolve(path).normalize();
      Path parent = file.getParent();
      if (file.equals(root) || parent == null || !parent.toRealPath().startsWith(root)) {
        throw refused(path, "leads outside the shared folder");
      }
      return file;
    } catch (IOException | InvalidPathException e) {
      throw refused(path, "is in a folder that does not exist");
    }
  }

  private Path root(String path) {
    if (folder == null) {
      throw refused(path, "is a file, and this host shares no folder");
    }
    return folder;
  }

  private RefusedException refused(String path, String why) {
    return RefusedException.rejected(
        RejectCode.SOURCE_REFUSED,
        "The path \"" + path + "\" " + why + ". Use a relative path below " + variable + ".");
  }
}
