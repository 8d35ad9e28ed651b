package dev.sandpiper.edge.burst.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.edge.burst.misbehaving.MisbehavingHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Function packages for tests.
final class FunctionZips {

  private FunctionZips() {}

  /// A package of the misbehaving function, laid out like the real one.
  static Path misbehaving(Path folder) throws IOException {
    Path zip = folder.resolve("misbehaving.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.setLevel(1);
      Path classes = home(MisbehavingHandler.class);
      Path own = classes.resolve(MisbehavingHandler.class.getPackageName().replace('.', '/'));
      try (Stream<Path> files = Files.list(own)) {
        for (Path type : files.sorted().toList()) {
          add(out, classes.relativize(type).toString(), Files.readAllBytes(type));
        }
      }
      for (Class<?> library :
          List.of(RequestStreamHandler.class, JsonFactory.class, ParseRequest.class)) {
        add(out, "lib/" + library.getSimpleName() + ".jar", jar(home(library)));
      }
    }
    return zip;
  }

  private static void add(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(bytes);
    out.closeEntry();
  }

  /// A jar's bytes, or a jar of a class folder, as the reactor has it before packaging.
  private static byte[] jar(Path jarOrFolder) throws IOException {
    if (Files.isRegularFile(jarOrFolder)) {
      return Files.readAllBytes(jarOrFolder);
    }
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(jarOrFolder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        add(out, jarOrFolder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return bytes.toByteArray();
  }

  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
