package dev.sandpiper.edge.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// SQLite's native library, unpacked once per version. Left alone, the driver unpacks it at every
/// start and leaves it behind when the process is killed.
final class NativeLibrary {
  private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";

  private NativeLibrary() {}

  /// Makes the driver load the library from `folder`, which is filled when it is new. A folder that
  /// the command line names wins.
  static void useFrom(Path folder) {
    if (System.getProperty(FOLDER_PROPERTY) != null) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    Path home = folder.resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
    Path library = home.resolve(name);
    if (!Files.exists(library)) {
      unpack(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name, home, library);
    }
    System.setProperty(FOLDER_PROPERTY, home.toString());
  }

  private static void unpack(String resource, Path home, Path library) {
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        return; // A platform the driver brings no library for: it says so itself, better.
      }
      Files.createDirectories(home);
      Path part = Files.createTempFile(home, "unpack", ".part");
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      DiskSync.file(part);
      Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Code.IO,
          "Cannot unpack SQLite's native library into "
              + home
              + ": "
              + e.getMessage()
              + ". Check that the folder is writable and has 2 MB free.",
          e);
    }
  }
}
