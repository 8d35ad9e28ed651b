package dev.sandpiper.edge;

import dev.sandpiper.edge.burst.BurstAnswer;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.health.CheckResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A backend for one command; its folder goes when it closes.
final class TemporaryBackend implements BurstBackend {

  private final BurstBackend backend;
  private final Path folder;

  TemporaryBackend(BurstBackend backend, Path folder) {
    this.backend = backend;
    this.folder = folder;
  }

  @Override
  public String name() {
    return backend.name();
  }

  @Override
  public int slots() {
    return backend.slots();
  }

  @Override
  public BurstAnswer run(BurstTask task) throws InterruptedException {
    return backend.run(task);
  }

  @Override
  public CheckResult check() {
    return backend.check();
  }

  @Override
  public void close() {
    backend.close();
    delete(folder);
  }

  /// Deletes a temporary folder with everything in it.
  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException _) {
      // The folder is under the system's temporary folder: whatever could not be deleted goes with
      // it.
    }
  }
}
