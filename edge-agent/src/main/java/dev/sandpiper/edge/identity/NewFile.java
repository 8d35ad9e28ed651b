package dev.sandpiper.edge.identity;

import dev.sandpiper.edge.health.DiskFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Writes files that are complete or absent, also after a power cut.
final class NewFile {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rw-r--r--");

  private NewFile() {}

  /// A file only its owner may read; what exists is never overwritten.
  ///
  /// @return `false` when it exists already
  static boolean secret(Path file, String text) {
    return write(
        file,
        text,
        OWNER_ONLY,
        draft -> {
          try {
            Files.createLink(file, draft);
          } finally {
            Files.deleteIfExists(draft);
          }
        });
  }

  /// A file anybody may read, in place of the one that may be there.
  static void open(Path file, String text) {
    write(
        file,
        text,
        READABLE,
        draft ->
            Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
  }

  private interface Placing {
    void place(Path draft) throws IOException;
  }

  private static boolean write(
      Path file, String text, Set<PosixFilePermission> permissions, Placing placing) {
    Path folder = file.toAbsolutePath().getParent();
    FileAttribute<Set<PosixFilePermission>> attribute =
        PosixFilePermissions.asFileAttribute(permissions);
    try {
      Path draft = Files.createTempFile(folder, ".new", ".part", attribute);
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        Files.setPosixFilePermissions(draft, permissions);
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
          int _ = channel.write(bytes);
        }
        channel.force(true);
      }
      placing.place(draft);
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot be written: %s; choose a folder of this user, on a file system with permissions and links"
              .formatted(file, DiskFailure.words(e)),
          e);
    }
  }
}
