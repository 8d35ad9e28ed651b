package dev.sandpiper.standin.lambda;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One process of a function with its session.
final class FunctionProcess {

  private static final long END_SECONDS = 10;
  private static final int LINES_KEPT = 40;

  private final Process process;
  private final RuntimeSession session;
  private final Deque<String> lastLines = new ArrayDeque<>();

  FunctionProcess(ProcessBuilder builder, RuntimeSession session) throws IOException {
    this.session = session;
    this.process = builder.redirectErrorStream(true).start();
    Thread reader = Thread.ofPlatform().daemon().name("function-output").unstarted(this::read);
    reader.start();
    CompletableFuture<Void> _ =
        process.onExit().thenAccept(ended -> session.exited(ended.exitValue()));
  }

  RuntimeSession session() {
    return session;
  }

  boolean alive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /// What it logged last.
  String lastWords() {
    synchronized (lastLines) {
      return String.join("\n", lastLines);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (lastLines) {
          if (lastLines.size() == LINES_KEPT) {
            lastLines.removeFirst();
          }
          lastLines.addLast(line);
        }
      }
    } catch (IOException _) {
      // It was killed while it spoke.
    }
  }

  /// Ends it at once and waits for that.
  void kill() {
    process.destroyForcibly();
    process.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
  }
}
