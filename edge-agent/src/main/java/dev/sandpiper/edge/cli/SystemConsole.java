package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.Environment;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The process's own streams, always in UTF-8 whatever the locale says.
public final class SystemConsole {

  private static final int USUAL_WIDTH = 80;
  private static final int BUFFER = 16_384;

  private SystemConsole() {}

  /// Colours need a terminal that is not `dumb`, and NO_COLOR unset.
  public static Console open(Environment environment) {
    boolean terminal =
        Optional.ofNullable(System.console()).map(java.io.Console::isTerminal).orElse(false);
    boolean colour =
        terminal
            && environment.variable("NO_COLOR") == null
            && !"dumb".equals(environment.variable("TERM"));
    return new Console(
        System.in,
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        terminal,
        colour,
        terminal ? width(environment) : USUAL_WIDTH);
  }

  /// The streams without a look at the terminal.
  static Console plain() {
    return new Console(
        System.in,
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        false,
        false,
        USUAL_WIDTH);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER),
        true,
        StandardCharsets.UTF_8);
  }

  private static int width(Environment environment) {
    String columns = environment.variable("COLUMNS");
    try {
      if (columns != null) {
        return Math.clamp(Integer.parseInt(columns.strip()), 20, 1_000);
      }
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectErrorStream(true)
              .start();
      String size = new String(stty.getInputStream().readNBytes(64), StandardCharsets.US_ASCII);
      if (stty.waitFor(2, TimeUnit.SECONDS) && stty.exitValue() == 0) {
        return Math.clamp(
            Integer.parseInt(size.strip().substring(size.strip().indexOf(' ') + 1)), 20, 1_000);
      }
    } catch (IOException | NumberFormatException _) {
      // a terminal that does not tell its width is taken as the usual one
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return USUAL_WIDTH;
  }
}
