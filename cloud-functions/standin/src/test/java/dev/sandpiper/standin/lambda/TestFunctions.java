package dev.sandpiper.standin.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Functions that behave and misbehave, packed as a deployable zip.
public final class TestFunctions {

  private TestFunctions() {}

  /// Does what its payload says.
  public static final class Obedient implements RequestStreamHandler {

    private int calls;

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      String order = new String(input.readAllBytes(), StandardCharsets.UTF_8);
      String answer =
          switch (order) {
            case "\"throw\"" -> throw new IllegalArgumentException("as you wish");
            case "\"exit\"" -> {
              Runtime.getRuntime().halt(7);
              yield "";
            }
            case "\"hang\"" -> hang();
            case "\"big\"" -> "\"" + "x".repeat(7 << 20) + "\"";
            case "\"memory\"" -> String.valueOf(new long[1 << 28].length);
            case "\"env\"" -> "\"" + System.getenv("GREETING") + "\"";
            case "\"calls\"" -> String.valueOf(++calls);
            case "\"left\"" -> String.valueOf(context.getRemainingTimeInMillis());
            default -> order;
          };
      output.write(answer.getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("InfiniteLoopBody") // that is what it is for
    private static String hang() {
      while (true) {
        Thread.onSpinWait();
      }
    }
  }

  /// Cannot be constructed.
  public static final class Broken implements RequestStreamHandler {

    public Broken() {
      throw new IllegalStateException("no bucket is configured");
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {}
  }

  /// Packs the test classes of this package.
  public static Path zip(Path folder) {
    Path zip = folder.resolve("functions.zip");
    Path classes = Path.of("target/test-classes");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
        Stream<Path> files = Files.walk(classes.resolve("dev/sandpiper/standin/lambda"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zip;
  }

  /// A zip with an entry that points out of it.
  static void evil(Path zip) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("../evil"));
      out.closeEntry();
    }
  }
}
