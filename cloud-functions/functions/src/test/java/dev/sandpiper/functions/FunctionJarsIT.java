package dev.sandpiper.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every library in the deployable zip is there because a handler needs it.
class FunctionJarsIT {

  private static final Path ZIP =
      Path.of(System.getProperty("sandpiper.function.zip", "target/functions-0.1.0.zip"));

  /// Bytes of each class by its internal name.
  private final Map<String, byte[]> classes = new HashMap<>();

  /// The library a class is in.
  private final Map<String, String> homes = new HashMap<>();

  private final Set<String> libraries = new HashSet<>();
  private final Set<String> start = new HashSet<>();

  /// What the reached classes name and the zip has not.
  private final Set<String> missing = new TreeSet<>();

  @BeforeEach
  void read() throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        if (entry.getName().endsWith(".jar")) {
          libraries.add(entry.getName());
          readLibrary(entry.getName(), bytes);
        } else if (entry.getName().endsWith("Handler.class")) {
          start.add(className(entry.getName()));
          classes.put(className(entry.getName()), bytes);
        } else if (entry.getName().endsWith(".class")) {
          classes.put(className(entry.getName()), bytes);
        }
      }
    }
    assertThat(start).contains("dev/sandpiper/functions/ParseHandler");
  }

  @Test
  void everyLibraryIsReachedFromTheHandlers() {
    assertThat(libraries).hasSizeGreaterThan(10);
    Set<String> used = new HashSet<>();
    for (String name : reached(start)) {
      if (homes.containsKey(name)) {
        used.add(homes.get(name));
      }
    }
    assertThat(used).as("libraries with a class that is reached").isEqualTo(libraries);
  }

  /// Parts of the SDK are left out of the zip. That is safe as long as no class names one of them
  /// that is ever reached. Its native half was never there: only asynchronous clients use it.
  @Test
  void nothingThatIsReachedNamesAPartOfTheSdkThatWasLeftOut() {
    assertThat(reached(start)).contains("software/amazon/awssdk/services/s3/DefaultS3Client");
    assertThat(missing).noneMatch(name -> !name.startsWith("software/amazon/awssdk/crt/"));
  }

  private void readLibrary(String library, byte[] bytes) throws IOException {
    try (ZipInputStream jar = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
        if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
          classes.put(className(entry.getName()), jar.readAllBytes());
          homes.put(className(entry.getName()), library);
        }
      }
    }
  }

  private static String className(String entry) {
    return entry.substring(0, entry.length() - ".class".length());
  }

  /// The class of an array's elements, or the class itself.
  private static String element(String name) {
    String inner = name.substring(name.lastIndexOf('[') + 1);
    return inner.length() < name.length() && inner.endsWith(";")
        ? inner.substring(1, inner.length() - 1)
        : inner;
  }

  /// The classes that the constant pools of `start` name, and those that theirs name, and so on.
  private Set<String> reached(Set<String> start) {
    Set<String> reached = new HashSet<>(start);
    Deque<String> open = new ArrayDeque<>(start);
    while (!open.isEmpty()) {
      byte[] bytes = classes.get(open.remove());
      for (PoolEntry entry : ClassFile.of().parse(bytes).constantPool()) {
        if (entry instanceof ClassEntry named) {
          String name = element(named.asInternalName());
          if (!classes.containsKey(name)) {
            if (name.startsWith("software/amazon/awssdk/")) {
              missing.add(name);
            }
          } else if (reached.add(name)) {
            open.add(name);
          }
        }
      }
    }
    return reached;
  }
}
