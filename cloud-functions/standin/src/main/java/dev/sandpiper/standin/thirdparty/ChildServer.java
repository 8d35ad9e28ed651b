package dev.sandpiper.standin.thirdparty;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A process that says where it listens and ends when its standard input does.
final class ChildServer implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration END = Duration.ofSeconds(20);
  private static final int LINES_KEPT = 30;

  private final String name;
  private final Process process;
  private final URI endpoint;
  private final Deque<String> lastLines = new ArrayDeque<>();

  /// Starts `command` and waits until a line of its output matches `announcement`, whose first
  /// group is the endpoint.
  ///
  /// @throws IOException when it does not; the message has its last words
  ChildServer(String name, List<String> command, Pattern announcement)
      throws IOException, InterruptedException {
    this.name = name;
    this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
    CompletableFuture<URI> said = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(announcement, said), name + "-output");
    reader.setDaemon(true);
    reader.start();
    try {
      this.endpoint = said.get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new IOException(
          name + " did not start. Its last words:\n" + String.join("\n", lastLines()), e);
    } catch (InterruptedException e) {
      close();
      throw e;
    }
  }

  /// A JVM like this one, small.
  static List<String> java(Path... classPath) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx384m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp"));
    List<String> parts = new ArrayList<>();
    for (Path part : classPath) {
      parts.add(part.toString());
    }
    command.add(String.join(System.getProperty("path.separator", ":"), parts));
    return command;
  }

  URI endpoint() {
    return endpoint;
  }

  long pid() {
    return process.pid();
  }

  private void read(Pattern announcement, CompletableFuture<URI> said) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        keep(line);
        Matcher matcher = announcement.matcher(line);
        if (matcher.find()) {
          said.complete(URI.create(matcher.group(1)));
        }
      }
      said.completeExceptionally(new IOException(name + " ended"));
    } catch (IOException e) {
      said.completeExceptionally(e);
    }
  }

  private void keep(String line) {
    synchronized (lastLines) {
      if (lastLines.size() == LINES_KEPT) {
        lastLines.removeFirst();
      }
      lastLines.addLast(line);
    }
  }

  private List<String> lastLines() {
    synchronized (lastLines) {
      return List.copyOf(lastLines);
    }
  }

  /// Ends the process, and returns when it has ended.
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.onExit().orTimeout(END.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new IllegalStateException(
          name + " (process " + process.pid() + ") did not end; end it by hand", e);
    }
  }
}
