package dev.sandpiper.edge.burst.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// The function package, unpacked once per content: its libraries as they are, its classes in one
/// jar, because an AOT cache takes no folders on the class path.
///
/// @param folder where it is
/// @param jars the class path, in order
/// @param runtimeClient the runtime client's native library, taken out of its jar once: its own
///   way, a shared file in /tmp, breaks parallel starts
record FunctionImage(Path folder, List<Path> jars, Path runtimeClient) {

  /// Where images are, in the state folder.
  static final String FOLDER = "functions";

  private static final String CLASSES = "classes.jar";
  private static final String NATIVE = "libaws-lambda-jni.so";
  private static final int MOST_BYTES = 250 << 20;

  FunctionImage {
    jars = List.copyOf(jars);
  }

  /// Unpacks `options.functionZip()`, unless that was done before.
  static FunctionImage open(LocalOptions options) throws IOException {
    Path images = Folders.makePrivate(options.stateDir().resolve(FOLDER));
    Path folder = images.resolve(key(options));
    if (!Files.isDirectory(folder)) {
      Path partial = Files.createTempDirectory(images, "unpack");
      try {
        unpack(options.functionZip(), partial);
        nativeLibrary(options.runtimeClasspath(), partial.resolve(NATIVE));
        // Or a power cut might leave the folder with empty files, and no worker would ever start.
        Folders.sync(partial);
        Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        Folders.delete(partial);
        if (!Files.isDirectory(folder)) {
          throw e;
        }
      }
    }
    List<Path> jars = new ArrayList<>();
    jars.add(folder.resolve(CLASSES));
    try (Stream<Path> lib = Files.list(folder.resolve("lib"))) {
      lib.sorted().forEach(jars::add);
    }
    jars.addAll(options.runtimeClasspath());
    return new FunctionImage(folder, jars, folder.resolve(NATIVE));
  }

  /// The name of its folder: its content's.
  String name() {
    return folder.getFileName().toString();
  }

  private static String key(LocalOptions options) throws IOException {
    MessageDigest digest = sha256();
    digest(options.functionZip(), digest);
    for (Path jar : options.runtimeClasspath()) {
      digest(jar, digest);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void digest(Path file, MessageDigest digest) throws IOException {
    byte[] buffer = new byte[64 << 10];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
  }

  private static void unpack(Path zip, Path folder) throws IOException {
    Files.createDirectory(folder.resolve("lib"));
    long left = MOST_BYTES;
    try (ZipFile in = new ZipFile(zip.toFile());
        JarOutputStream classes =
            new JarOutputStream(Files.newOutputStream(folder.resolve(CLASSES)))) {
      classes.setLevel(0);
      for (ZipEntry entry : in.stream().filter(e -> !e.isDirectory()).toList()) {
        try (InputStream bytes = in.getInputStream(entry)) {
          String name = entry.getName();
          long copied =
              name.startsWith("lib/")
                  ? library(bytes, folder, name, left)
                  : classFile(bytes, classes, name, left);
          left -= copied;
        }
      }
    }
  }

  private static long library(InputStream bytes, Path folder, String name, long left)
      throws IOException {
    Path file = folder.resolve(name).normalize();
    if (!folder.resolve("lib").equals(file.getParent())) {
      throw new IOException("the function package has a strange entry: " + name);
    }
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      return copy(bytes, out, left);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("the function package has an entry twice: " + name, e);
    }
  }

  private static long classFile(InputStream bytes, ZipOutputStream jar, String name, long left)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    jar.putNextEntry(entry);
    long copied = copy(bytes, jar, left);
    jar.closeEntry();
    return copied;
  }

  private static long copy(InputStream in, OutputStream out, long left) throws IOException {
    byte[] buffer = new byte[64 << 10];
    long copied = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      copied += n;
      if (copied > left) {
        throw new IOException("the function package unpacks to more than " + MOST_BYTES + " bytes");
      }
      out.write(buffer, 0, n);
    }
    return copied;
  }

  private static void nativeLibrary(List<Path> jars, Path target) throws IOException {
    String arch = System.getProperty("os.arch", "");
    String entry =
        "jni/libaws-lambda-jni.linux-" + (arch.equals("aarch64") ? "aarch_64" : "x86_64") + ".so";
    for (Path jar : jars) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        ZipEntry library = zip.getEntry(entry);
        if (library != null) {
          try (InputStream bytes = zip.getInputStream(library)) {
            Files.copy(bytes, target);
          }
          return;
        }
      }
    }
    throw new IOException("no jar of the runtime client holds " + entry);
  }
}
