package dev.sandpiper.edge.store;

import dev.sandpiper.edge.health.DiskFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// SQLite's native library, unpacked once per version. Left alone, the driver unpacks it at every
/// start and leaves it behind when the process is killed.
final class NativeLibrary {
  private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";

  private NativeLibrary() {}

  /// Makes the driver load the library from `folder`, which is filled when it is new. A folder that
  /// the command line names wins.
  ///
  /// @throws StoreException when it cannot be put there, or not be loaded from there
  static void useFrom(Path folder) {
    if (System.getProperty(FOLDER_PROPERTY) != null) {
      return;
    }
    Path home = folder.toAbsolutePath().resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
    String name = LibraryLoaderUtil.getNativeLibName();
    URL resource =
        SQLiteJDBCLoader.class.getResource(
            LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name);
    if (resource == null) {
      return; // A platform the driver brings no library for: it says so itself, better.
    }
    Path library = home.resolve(name);
    provide(resource, library);
    load(library);
    System.setProperty(FOLDER_PROPERTY, home.toString());
  }

  private static synchronized void provide(URL resource, Path library) {
    Path home = library.resolveSibling("");
    try {
      if (isIntact(library, resource)) {
        return;
      }
      Files.createDirectories(home);
      // The agent and a command may both be the first.
      try (FileChannel channel =
              FileChannel.open(
                  home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        if (!isIntact(library, resource)) {
          unpack(resource, library);
        }
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

  /// Whether the library is what the driver brings: one that was cut would end the process.
  private static boolean isIntact(Path library, URL resource) throws IOException {
    if (!Files.isRegularFile(library)) {
      return false;
    }
    if (!(resource.openConnection() instanceof JarURLConnection connection)) {
      return true;
    }
    connection.setUseCaches(false);
    try (JarFile _ = connection.getJarFile()) {
      JarEntry entry = connection.getJarEntry();
      return entry == null
          || (Files.size(library) == entry.getSize() && checksum(library) == entry.getCrc());
    }
  }

  private static long checksum(Path file) throws IOException {
    CRC32 checksum = new CRC32();
    byte[] buffer = new byte[64 << 10];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        checksum.update(buffer, 0, n);
      }
    }
    return checksum.getValue();
  }

  /// The same name each time, so that a process which was killed leaves one at most, until the next
  /// replaces it.
  private static void unpack(URL resource, Path library) throws IOException {
    Path part = library.resolveSibling(library.getFileName() + ".part");
    try (InputStream in = resource.openStream()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      DiskSync.file(part);
      Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
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
