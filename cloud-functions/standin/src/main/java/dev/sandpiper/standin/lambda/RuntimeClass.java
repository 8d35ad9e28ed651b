package dev.sandpiper.standin.lambda;

import dev.sandpiper.standin.runtime.RuntimeMain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The one class of ours that a function's process has on its class path.
final class RuntimeClass {

  static final String NAME = RuntimeMain.class.getName();

  private RuntimeClass() {}

  /// Copies it to a class path entry of its own.
  static Path copyTo(Path folder) throws IOException {
    String name = NAME.replace('.', '/') + ".class";
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    try (InputStream bytes = RuntimeClass.class.getResourceAsStream("/" + name)) {
      if (bytes == null) {
        throw new IOException(name + " is not on the class path");
      }
      Files.copy(bytes, file);
    }
    return folder;
  }
}
