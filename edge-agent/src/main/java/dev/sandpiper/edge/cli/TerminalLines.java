package dev.sandpiper.edge.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// What a person types, line by line. The terminal edits the line; lines that come at once were
/// pasted and are one text. Ctrl-C is read, not obeyed.
final class TerminalLines implements AutoCloseable {

  private static final int INTERRUPT = 3;
  private static final int LONGEST = 256 << 10;
  private static final long PASTE_MILLIS = 30;

  private final InputStream in;
  private final String settings;

  private TerminalLines(InputStream in, String settings) {
    this.in = in;
    this.settings = settings;
  }

  /// One thing that was typed.
  sealed interface Line {
    /// A line, or several that were pasted.
    record Text(String text) implements Line {}

    /// Ctrl-C.
    record Interrupt() implements Line {}

    /// Ctrl-D, or the end of the input.
    record End() implements Line {}
  }

  /// Makes the terminal hand over Ctrl-C as the end of a line, instead of ending the program.
  static TerminalLines open(InputStream in) {
    String before = stty("-g");
    if (!before.isEmpty()) {
      stty("-isig", "eol", "^C");
    }
    return new TerminalLines(in, before);
  }

  Line next() throws IOException, InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (true) {
      int b = in.read();
      if (b == INTERRUPT) {
        return new Line.Interrupt();
      }
      if (b < 0) {
        return bytes.size() == 0 ? new Line.End() : text(bytes);
      }
      if (b == '\n' && !moreWasPasted()) {
        return text(bytes);
      }
      if (bytes.size() < LONGEST) {
        bytes.write(b);
      }
    }
  }

  private static Line text(ByteArrayOutputStream bytes) {
    return new Line.Text(bytes.toString(StandardCharsets.UTF_8).replace("\r", ""));
  }

  /// A person does not type two lines within a moment.
  private boolean moreWasPasted() throws IOException, InterruptedException {
    if (in.available() > 0) {
      return true;
    }
    TimeUnit.MILLISECONDS.sleep(PASTE_MILLIS);
    return in.available() > 0;
  }

  /// Whether something was typed that nobody has read.
  boolean hasMore() throws IOException {
    return in.available() > 0;
  }

  @Override
  public void close() {
    if (!settings.isEmpty()) {
      stty(settings);
    }
  }

  /// Asks the terminal; empty when there is none.
  private static String stty(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "stty";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said =
          new String(process.getInputStream().readNBytes(500), StandardCharsets.US_ASCII).strip();
      return process.waitFor(2, TimeUnit.SECONDS) && process.exitValue() == 0 ? said : "";
    } catch (IOException _) {
      return "";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
