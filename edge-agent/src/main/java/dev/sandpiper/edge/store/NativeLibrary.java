package dev.sandpiper.edge.store;

import dev.sandpiper.edge.health.DiskFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// SQLite's native library, unpacked once per version. Left alone, the driver unpacks it at every
/// start and leaves it behind when the process is killed.
final class NativeLibrary {
  private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";

  /// Set when the driver is left to find its library itself.
  private static final String OWN_PROPERTY = "dev.sandpiper.sqlite.own";

  private NativeLibrary() {}

  /// Leaves the driver to find its library itself.
  static synchronized void useOwn() {
    System.setProperty(OWN_PROPERTY, "true");
  }

  /// Makes the driver load the library from `folder`, which is filled when it is new. A folder that
  /// the command line names wins, and so does a library that this process has already: with two of
  /// them some calls reach the one that was never set up, and end the process.
  ///
  /// @throws StoreException when it cannot be put there, or not be loaded from there
  static synchronized void useFrom(Path folder) {
    if (System.getProperty(FOLDER_PROPERTY) != null || System.getProperty(OWN_PROPERTY) != null) {
      return;
    }
    Path home = folder.toAbsolutePath().resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
    String name = LibraryLoaderUtil.getNativeLibName();
    Path library = home.resolve(name);
    if (provide(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name, library)) {
      load(library);
      System.setProperty(FOLDER_PROPERTY, home.toString());
    }
  }

  /// @return `false` on a platform the driver brings no library for: it says so itself, better
  private static synchronized boolean provide(String resource, Path library) {
    Path home = library.resolveSibling("");
    try {
      if (isIntact(library)) {
        return true;
      }
      Files.createDirectories(home);
      // The agent and a command may both be the first.
      try (FileChannel channel =
              FileChannel.open(
                  home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        return isIntact(library) || unpack(resource, library);
      }
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Code.IO,
          "Cannot put SQLite's native library into "
              + home
              + ": "
              + DiskFailure.words(e)
              + ". It needs 2 MB there.",
          e);
    }
  }

  /// Whether the library is what was unpacked: one that was cut would end the process. Its checksum
  /// stands beside it, so that a start need not look into the driver's jar.
  private static boolean isIntact(Path library) throws IOException {
    Path checksum = checksumOf(library);
    return Files.isRegularFile(library)
        && Files.isRegularFile(checksum)
        && Arrays.equals(Files.readAllBytes(checksum), checksum(library));
  }

  private static Path checksumOf(Path library) {
    return library.resolveSibling(library.getFileName() + ".crc32");
  }

  /// Read in pieces: a megabyte on the heap would stay with an agent that is idle ever after.
  private static byte[] checksum(Path file) throws IOException {
    CRC32 checksum = new CRC32();
    try (InputStream in = new CheckedInputStream(Files.newInputStream(file), checksum)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Long.toHexString(checksum.getValue()).getBytes(StandardCharsets.US_ASCII);
  }

  /// The same names each time, so that a process which was killed leaves one half at most, until
  /// the next replaces it.
  private static boolean unpack(String resource, Path library) throws IOException {
    Path part = library.resolveSibling(library.getFileName() + ".part");
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        return false;
      }
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      DiskSync.file(part);
      byte[] checksum = checksum(part);
      Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
      Files.write(checksumOf(library), checksum);
      return true;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// Loaded here, because the driver does not say why a library cannot be: it looks for another.
  @SuppressWarnings("restricted") // native code is what this class is about
  private static void load(Path library) {
    try {
      System.load(library.toString());
    } catch (UnsatisfiedLinkError e) {
      String message = String.valueOf(e.getMessage());
      throw new StoreException(
          StoreException.Code.IO,
          "Cannot load SQLite's native library "
              + library
              + ": "
              + message.substring(message.lastIndexOf(": ") + 1).strip()
              + ". Is its file system mounted noexec? Then mount it without, or choose a folder on"
              + " another one.",
          e);
    }
  }
}
