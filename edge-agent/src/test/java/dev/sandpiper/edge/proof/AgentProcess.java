package dev.sandpiper.edge.proof;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The built agent as a child process, seen from outside: started, killed, asked over HTTP.
final class AgentProcess implements AutoCloseable {

  private static final int LOWEST_PORT = 10_000;
  private static final int HIGHEST_PORT = 32_000;
  private static final Duration READY = Duration.ofMinutes(3);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final Path home;
  private final int port;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Map<String, String> environment = new TreeMap<>();
  private @Nullable Process process;

  /// Prepares an agent that keeps everything in `home`; [#start] runs it.
  ///
  /// @param settings lines of its configuration
  AgentProcess(Path home, List<String> settings) throws IOException {
    this.home = Files.createDirectories(home);
    port = freePort();
    String text = "[http]\nport = " + port + "\n" + String.join("\n", settings) + "\n";
    Files.writeString(home.resolve("sandpiper.toml"), text);
  }

  /// Not one of those that the kernel gives to whoever connects or listens: somebody would take it
  /// while the agent is down between two lives.
  private static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (BindException _) {
        // another one
      }
    }
  }

  /// Sets a variable of its environment.
  AgentProcess with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /// Where the distribution is that the build made.
  static Path distribution() {
    return Path.of(System.getProperty("sandpiper.dist", "target/sandpiper")).toAbsolutePath();
  }

  void start() throws IOException {
    ProcessBuilder builder = command(List.of("run"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    process = builder.start();
  }

  private ProcessBuilder command(List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(distribution().resolve("bin/sandpiper").toString());
    words.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("SANDPIPER_HOME", home.toString());
    builder.environment().put("SANDPIPER_CACHE", "off");
    builder.environment().put("SANDPIPER_CONFIG", home.resolve("sandpiper.toml").toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return builder;
  }

  /// What another command of the same home prints; it has to succeed.
  String command(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = command(List.of(arguments)).redirectErrorStream(true);
    Process command = builder.start();
    command.getOutputStream().close();
    String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (command.waitFor() != 0) {
      throw new IOException("sandpiper " + String.join(" ", arguments) + " failed:\n" + said);
    }
    return said;
  }

  /// Waits until the agent takes documents.
  void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + READY.toNanos();
    while (System.nanoTime() < deadline) {
      if (!isAlive()) {
        throw new IOException("the agent ended by itself; its output:\n" + output());
      }
      if (isReady()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new IOException("the agent is not ready after " + READY + "; its output:\n" + output());
  }

  /// kill -9, and waits for the end.
  void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  /// Tells it to stop (SIGTERM) and waits for the end.
  ///
  /// @return its exit code
  int stop(Duration bound) throws IOException, InterruptedException {
    if (process == null) {
      throw new IllegalStateException("not started");
    }
    process.destroy();
    if (!process.waitFor(bound)) {
      process.destroyForcibly().waitFor();
      throw new IOException("it has not stopped within " + bound + "; its output:\n" + output());
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  ProcessHandle handle() {
    if (process == null) {
      throw new IllegalStateException("not started");
    }
    return process.toHandle();
  }

  /// Whether the agent acknowledged the document; `false` when it refused or broke off.
  boolean submit(String name, byte[] bytes) throws InterruptedException {
    String query = "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    try {
      HttpRequest request =
          request("/v1/documents" + query).POST(BodyPublishers.ofByteArray(bytes)).build();
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      return status >= 200 && status < 300;
    } catch (IOException _) {
      return false;
    }
  }

  /// The answer to a GET.
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).GET().build(), BodyHandlers.ofString());
  }

  /// The answer to a POST without a body.
  HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return http.send(request(path).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
  }

  boolean hasDatabase() throws IOException {
    try (var files = Files.list(home)) {
      return files.anyMatch(f -> f.getFileName().toString().endsWith(".db"));
    }
  }

  /// Where its workers' folders are.
  Path workers() {
    return home.resolve("workers/workers");
  }

  Path database() throws IOException {
    try (var files = Files.list(home)) {
      return files
          .filter(f -> f.getFileName().toString().endsWith(".db"))
          .findFirst()
          .orElseThrow();
    }
  }

  String output() throws IOException {
    return Files.exists(log()) ? Files.readString(log()) : "";
  }

  /// Ends it as an operator would.
  @Override
  public void close() {
    http.close();
    if (process != null && process.isAlive()) {
      process.destroy();
      try {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (InterruptedException _) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get("/readyz").statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  private HttpRequest.Builder request(String path) throws IOException {
    Path token = home.resolve("http.token");
    String secret = Files.exists(token) ? Files.readString(token).strip() : "none yet";
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(ANSWER)
        .header("Authorization", "Bearer " + secret);
  }

  private Path log() {
    return home.resolve("agent.log");
  }
}
