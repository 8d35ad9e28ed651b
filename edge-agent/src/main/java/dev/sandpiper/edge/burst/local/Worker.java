package dev.sandpiper.edge.burst.local;

import dev.sandpiper.edge.health.DiskFailure;
import dev.sandpiper.edge.journal.Journal;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One worker process with its API session and its folders.
final class Worker {

  private static final long END_MILLIS = 2_000;
  private static final int GOOD_ORDER = 'q';

  private final String name;
  private final Process process;
  private final ApiSession session;
  private final Exchange exchange;
  private final OutputTail tail;
  private final Releases releases;
  private int tasks;
  private long idleSinceNanos;
  private long rssBytes;

  /// What to close when the process has ended.
  ///
  /// @param journal told of what cannot be closed
  record Releases(List<Closeable> all, Journal journal) {

    Releases {
      all = List.copyOf(all);
    }

    private void close(String worker) {
      for (Closeable one : all) {
        try {
          one.close();
        } catch (IOException e) {
          journal.warn("worker-left-something", "worker", worker, "reason", DiskFailure.words(e));
        }
      }
    }
  }

  Worker(String name, Process process, ApiSession session, Exchange exchange, Releases releases) {
    this.name = name;
    this.process = process;
    this.session = session;
    this.exchange = exchange;
    this.releases = releases;
    this.tail = new OutputTail(process.getInputStream());
    Thread drain = new Thread(null, tail, name + "-output", 128L << 10);
    drain.setDaemon(true);
    drain.start();
    CompletableFuture<Void> _ =
        process.onExit().thenAccept(ended -> session.exited(ended.exitValue()));
  }

  String name() {
    return name;
  }

  ApiSession session() {
    return session;
  }

  Exchange exchange() {
    return exchange;
  }

  OutputTail tail() {
    return tail;
  }

  /// What its processes use; remembered for [#rssBytes].
  Vitals vitals() {
    Vitals vitals = Vitals.of(process.toHandle());
    rssBytes = vitals.rssBytes();
    return vitals;
  }

  /// Memory when last looked at; 0 before.
  long rssBytes() {
    return rssBytes;
  }

  boolean alive() {
    return process.isAlive() && !session.ended();
  }

  /// Counts a task and returns how many that makes.
  int countTask() {
    return ++tasks;
  }

  void markIdle(long nanos) {
    idleSinceNanos = nanos;
  }

  long idleSinceNanos() {
    return idleSinceNanos;
  }

  /// Ends the process and all it started, at once, waits for that, and removes its folders.
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    release();
  }

  /// Lets an idle process end in good order, by a byte on its standard input, and waits for that.
  void dismiss(long millis) throws InterruptedException {
    try (OutputStream pipe = process.getOutputStream()) {
      pipe.write(GOOD_ORDER);
    } catch (IOException _) {
      // It has ended already.
    }
    if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
  }

  private void release() {
    process.onExit().orTimeout(END_MILLIS, TimeUnit.MILLISECONDS).handle((p, e) -> p).join();
    releases.close(name);
  }
}
