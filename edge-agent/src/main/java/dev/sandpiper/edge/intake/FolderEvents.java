package dev.sandpiper.edge.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The operating system's reports on folders (inotify), passed on from a thread that sleeps
/// otherwise.
final class FolderEvents implements AutoCloseable {

  private final WatchService service;
  private final Map<WatchKey, Path> folders = new ConcurrentHashMap<>();
  private final Consumer<Path> changed;
  private final Runnable overflow;

  private FolderEvents(WatchService service, Consumer<Path> changed, Runnable overflow) {
    this.service = service;
    this.changed = changed;
    this.overflow = overflow;
  }

  /// @param changed told of each path that was made or changed
  /// @param overflow told when reports were lost
  static FolderEvents open(Consumer<Path> changed, Runnable overflow) throws IOException {
    FolderEvents events =
        new FolderEvents(FileSystems.getDefault().newWatchService(), changed, overflow);
    Thread.ofVirtual().name("folder events").start(events::run);
    return events;
  }

  /// Begins to watch a folder; again is no harm.
  void watch(Path folder) throws IOException {
    folders.put(
        folder.register(
            service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY),
        folder);
  }

  private void run() {
    try {
      while (true) {
        WatchKey key = service.take();
        Path folder = folders.get(key);
        for (WatchEvent<?> event : key.pollEvents()) {
          if (event.context() instanceof Path name && folder != null) {
            changed.accept(folder.resolve(name));
          } else {
            overflow.run();
          }
        }
        if (!key.reset()) {
          folders.remove(key);
        }
      }
    } catch (ClosedWatchServiceException _) {
      // closed: the end
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the folder watch cannot be closed", e);
    }
  }
}
