package dev.sandpiper.standin.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Files of a host: unpacked functions, the runtime client, scratch folders.
final class FunctionFolder {

  private static final String NATIVE = "libaws-lambda-jni.so";

  private FunctionFolder() {}

  /// Unpacks a function's zip as Lambda does: classes at the root, libraries in `lib`.
  static Path unpack(Path zip, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (ZipFile in = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : in.stream().filter(e -> !e.isDirectory()).toList()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new IOException(zip + " has an entry outside of itself: " + entry.getName());
        }
        Files.createDirectories(file.resolveSibling("."));
        try (InputStream bytes = in.getInputStream(entry)) {
          Files.copy(bytes, file);
        }
      }
    }
    return folder;
  }

  /// The jars that stand where the managed runtime has its own.
  static List<Path> runtimeClient(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "There is no runtime client in "
              + folder
              + ". Build it: mvn -pl cloud-functions/standin -am test-compile");
    }
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /// Takes the runtime client's native library out of its jar: its own way, a shared file in /tmp,
  /// breaks parallel starts.
  static Path nativeLibrary(List<Path> jars, Path folder) throws IOException {
    String machine = System.getProperty("os.arch", "").equals("aarch64") ? "aarch_64" : "x86_64";
    String name = "jni/libaws-lambda-jni.linux-" + machine + ".so";
    for (Path jar : jars) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        ZipEntry library = zip.getEntry(name);
        if (library != null) {
          Path file = folder.resolve(NATIVE);
          try (InputStream bytes = zip.getInputStream(library)) {
            Files.copy(bytes, file);
          }
          return file;
        }
      }
    }
    throw new IOException("no jar of the runtime client holds " + name);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
