package dev.sandpiper.edge.health;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/// Words a failed file operation for a person: on what, what failed, what to do next. Java's own
/// messages are a bare path, and name the class of the exception.
public final class DiskFailure {

  private DiskFailure() {}

  /// One line without a full stop.
  public static String words(IOException failure) {
    return switch (failure) {
      case AccessDeniedException e ->
          e.getFile() + ": access denied; check its owner and permissions, and those of its folder";
      case NoSuchFileException e -> e.getFile() + " does not exist; check the name";
      case NotDirectoryException e -> e.getFile() + " is not a folder; name one that is";
      case FileAlreadyExistsException e -> e.getFile() + " exists already; move it away";
      case FileSystemLoopException e -> e.getFile() + ": its links go in a circle; remove one";
      case FileSystemException e when e.getReason() != null ->
          e.getFile() + ": " + reason(e.getReason());
      default ->
          failure.getMessage() == null || failure.getMessage().isBlank()
              ? "reading or writing broke off; try again"
              : reason(failure.getMessage());
    };
  }

  /// The operating system's reason, with what helps against it.
  private static String reason(String reason) {
    String help =
        switch (reason.toLowerCase(Locale.ROOT)) {
          case "no space left on device" -> "the disk is full; free some space";
          case "disk quota exceeded" -> "the disk quota is used up; free some space";
          case "read-only file system" ->
              "the file system takes no writes; choose another folder, or mount it for writing";
          case "too many open files" -> "too many files are open; raise the limit (ulimit -n)";
          case "file name too long" -> "the name is too long for this file system; shorten it";
          case "is a directory" -> "it is a folder; name a file";
          case "not a directory" -> "a part of its path is a file; check the path";
          case "input/output error" -> "the disk reports an error; check it (dmesg says more)";
          case "permission denied", "operation not permitted" ->
              "access denied; check its owner and permissions";
          default -> "";
        };
    return help.isEmpty() ? reason : help;
  }
}
