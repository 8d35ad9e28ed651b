package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.config.AwsBurstConfig;
import dev.sandpiper.edge.courier.protocol.Lines;
import dev.sandpiper.edge.courier.protocol.Notice;
import dev.sandpiper.edge.courier.protocol.NoticeJson;
import dev.sandpiper.edge.courier.protocol.Order;
import dev.sandpiper.edge.courier.protocol.OrderJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A courier as the agent starts it: a child JVM of the distribution, spoken to through its pipes.
final class CourierProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private final Process process;
  private final Path errors;
  private final List<Notice> notices = new ArrayList<>();

  /// Everything it said is in the notices; its end may be seen before that.
  private boolean silent;

  private final Consumer<Notice> listener;

  private CourierProcess(Process process, Path errors, Consumer<Notice> listener) {
    this.process = process;
    this.errors = errors;
    this.listener = listener;
    Thread.ofPlatform().daemon().name("notices").start(this::read);
  }

  /// Starts one and opens it.
  ///
  /// @param listener hears each notice as it comes, on the reader's thread
  static CourierProcess open(AwsBurstConfig config, Path scratch, Consumer<Notice> listener)
      throws IOException, InterruptedException {
    CourierProcess courier = start(scratch, Map.of(), listener);
    courier.order(new Order.Open(config, scratch));
    courier.await("ready", Notice.Ready.class);
    return courier;
  }

  static CourierProcess start(
      Path scratch, Map<String, String> environment, Consumer<Notice> listener) throws IOException {
    Path dist = Path.of(System.getProperty("sandpiper.dist", "target/sandpiper"));
    Path errors = Files.createTempFile(scratch, "courier", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "@" + dist.resolve("courier.jvm.options"),
                "-cp",
                dist.resolve("courier") + "/*:" + dist.resolve("lib") + "/*",
                "dev.sandpiper.edge.courier.CourierMain")
            .redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "example");
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    builder.environment().putAll(environment);
    return new CourierProcess(builder.start(), errors, listener);
  }

  private void read() {
    Lines lines = new Lines(process.getInputStream());
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        Notice notice = NoticeJson.read(line);
        synchronized (notices) {
          notices.add(notice);
          notices.notifyAll();
        }
        listener.accept(notice);
      }
    } catch (IOException _) {
      // the process was ended in the middle of a line
    } finally {
      synchronized (notices) {
        silent = true;
        notices.notifyAll();
      }
    }
  }

  void order(Order order) {
    try {
      synchronized (process) {
        process.getOutputStream().write(OrderJson.line(order));
        process.getOutputStream().flush();
      }
    } catch (IOException e) {
      throw new IllegalStateException("the courier is gone: " + errors(), e);
    }
  }

  /// As [#order]; a courier that is gone hears nothing.
  void orderIfAlive(Order order) {
    try {
      order(order);
    } catch (IllegalStateException e) {
      if (process.isAlive()) {
        throw e;
      }
    }
  }

  /// The next notice of a kind; those before it of other kinds stay.
  <T extends Notice> T await(String what, Class<T> type) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (notices) {
      while (true) {
        Optional<T> found = notices.stream().filter(type::isInstance).map(type::cast).findFirst();
        if (found.isPresent()) {
          notices.remove(found.get());
          return found.get();
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || silent) {
          throw new AssertionError(
              "no " + what + " in " + PATIENCE + "; there are " + notices + "; " + errors());
        }
        notices.wait(Math.min(left, 100));
      }
    }
  }

  List<Notice> notices() {
    synchronized (notices) {
      return List.copyOf(notices);
    }
  }

  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /// Ends the agent's half of the pipe and waits for the end.
  ///
  /// @return the exit status
  int endOfInput() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return exit();
  }

  int exit() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the courier does not end");
    }
    return process.exitValue();
  }

  /// kill -9.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
