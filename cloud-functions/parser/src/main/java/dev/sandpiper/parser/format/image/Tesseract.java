package dev.sandpiper.parser.format.image;

import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The `tesseract` program, when there is one on the path.
final class Tesseract {

  private static final int MOST_OUTPUT = 1 << 20;
  private static final long MOST_SECONDS = 60;
  private static final long BETWEEN_CHECKS = 50;

  private final Path program;

  private Tesseract(Path program) {
    this.program = program;
  }

  /// The program; `null` when it is not installed.
  static @Nullable Tesseract find(@Nullable String path) {
    if (path == null) {
      return null;
    }
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, "tesseract");
      if (Files.isExecutable(candidate)) {
        return new Tesseract(candidate);
      }
    }
    return null;
  }

  /// The text in a picture.
  ///
  /// @throws IOException when the program fails or takes too long
  String read(ByteSource image, ParseContext context) throws IOException {
    ByteSource output = context.spool(InputStream.nullInputStream(), "ocr");
    ProcessBuilder command =
        new ProcessBuilder(program.toString(), image.file().toString(), "stdout")
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(output.file().toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    command.environment().put("OMP_THREAD_LIMIT", "1");
    Process process = command.start();
    try {
      await(process, output, context);
    } finally {
      process.destroyForcibly();
    }
    return new String(output.head(MOST_OUTPUT), StandardCharsets.UTF_8);
  }

  private static void await(Process process, ByteSource output, ParseContext context)
      throws IOException {
    long rounds = TimeUnit.SECONDS.toMillis(MOST_SECONDS) / BETWEEN_CHECKS;
    for (long i = 0; i < rounds; i++) {
      context.budget().checkDeadline();
      if (finished(process)) {
        if (process.exitValue() != 0) {
          throw new IOException("tesseract ended with " + process.exitValue());
        }
        return;
      }
      if (output.size() > MOST_OUTPUT) {
        return;
      }
    }
    throw new IOException("tesseract took longer than " + MOST_SECONDS + " seconds");
  }

  private static boolean finished(Process process) throws IOException {
    try {
      return process.waitFor(BETWEEN_CHECKS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while tesseract was working", e);
    }
  }
}
