package dev.sandpiper.edge.intake;

import dev.sandpiper.edge.config.IntakeConfig;
import dev.sandpiper.edge.health.DiskFailure;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.queue.Priority;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Watches one folder. A file is taken when it has been left alone for a while; it stays where it
/// is until its document has an outcome, and is then moved to `done/` or `failed/`. After a crash
/// the files that are still there are taken again, and recognised by their bytes.
///
/// With nothing to do it sleeps until the operating system reports a change.
public final class FolderWatcher implements AutoCloseable {

  private static final Duration SETTLE_PAUSE = Duration.ofMillis(500);

  /// Reports that wait to be looked at; more are not kept, the folder is read again instead.
  private static final int MOST_SIGNALS = 1_024;

  /// A reason to look.
  private sealed interface Signal {
    record Changed(Path path) implements Signal {}

    /// See the flags.
    record Wake() implements Signal {}
  }

  /// What a file looked like, and since when.
  private record Seen(long size, long modified, long sinceNanos) {
    boolean same(Seen other) {
      return size == other.size && modified == other.modified;
    }
  }

  private final Path folder;
  private final IntakeConfig config;
  private final Intake intake;
  private final OutTrays trays;
  private final Journal journal;
  private final BlockingQueue<Signal> signals;
  private final AtomicBoolean rescanPending = new AtomicBoolean();
  private final AtomicBoolean outcomePending = new AtomicBoolean();
  private final Map<Path, Seen> unstable = new LinkedHashMap<>();
  private final Map<Path, String> inWork = new LinkedHashMap<>();
  private @Nullable FolderEvents events;
  private @Nullable Thread thread;
  private volatile boolean stopping;
  private boolean heldBack;
  private long nextSettle;

  /// @param folder an existing folder, or one that can be made
  public FolderWatcher(Path folder, IntakeConfig config, Intake intake, Journal journal) {
    this(folder, config, intake, journal, MOST_SIGNALS);
  }

  FolderWatcher(Path folder, IntakeConfig config, Intake intake, Journal journal, int mostSignals) {
    this.folder = folder;
    this.config = config;
    this.intake = intake;
    this.trays = new OutTrays(folder);
    this.journal = journal;
    this.signals = new LinkedBlockingQueue<>(mostSignals);
  }

  /// Begins with what is in the folder.
  ///
  /// @throws IOException when the folder cannot be made or watched
  public void start() throws IOException {
    Files.createDirectories(folder);
    events = FolderEvents.open(this::changed, this::rescan);
    rescan();
    thread = Thread.ofVirtual().name("watch " + folder.getFileName()).start(this::run);
  }

  /// To be called when any job may have ended; returns at once.
  public void outcomesChanged() {
    if (outcomePending.compareAndSet(false, true)) {
      wake();
    }
  }

  private void changed(Path path) {
    if (!signals.offer(new Signal.Changed(path))) {
      rescan();
    }
  }

  private void rescan() {
    rescanPending.set(true);
    wake();
  }

  /// To be called after a flag is set. A full queue wakes as well: what is in it is still to come.
  private void wake() {
    boolean _ = signals.offer(new Signal.Wake());
  }

  @Override
  public void close() {
    stopping = true;
    wake();
    if (events != null) {
      events.close();
    }
    if (thread != null) {
      try {
        thread.join(Duration.ofSeconds(10));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try {
      for (Signal signal = next(); !stopping; signal = next()) {
        if (rescanPending.get()) {
          // The scan sees all that the reports tell of. In this order, or a wish that comes
          // meanwhile
          // would lose its wake-up.
          signals.clear();
          rescanPending.set(false);
          scan(folder, 1);
        } else if (signal instanceof Signal.Changed(Path path)) {
          look(path);
        }
        takeStable();
        settle();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Signal next() throws InterruptedException {
    if (stopping) {
      return new Signal.Wake();
    }
    long wait = Long.MAX_VALUE;
    long now = System.nanoTime();
    if (!unstable.isEmpty() && !isFull()) {
      long oldest = unstable.values().stream().mapToLong(Seen::sinceNanos).min().orElse(now);
      wait = Math.max(1_000_000, oldest + config.stable().toNanos() - now);
    }
    if (outcomePending.get() && !inWork.isEmpty()) {
      wait = Math.min(wait, Math.max(1_000_000, nextSettle - now));
    }
    if (wait == Long.MAX_VALUE) {
      return signals.take();
    }
    Signal signal = signals.poll(wait, TimeUnit.NANOSECONDS);
    return signal == null ? new Signal.Wake() : signal;
  }

  private boolean isFull() {
    return inWork.size() >= config.maxPending();
  }

  private void scan(Path directory, int depth) {
    try {
      if (events != null) {
        events.watch(directory);
      }
      List<Path> children = new ArrayList<>();
      try (var stream = Files.newDirectoryStream(directory)) {
        stream.forEach(children::add);
      }
      for (Path child : children) {
        if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
          if (depth < config.maxDepth() && trays.isInbox(child)) {
            scan(child, depth + 1);
          }
        } else {
          note(child);
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      journal.warn("folder-unreadable", "folder", directory, "reason", words(e));
    }
  }

  private void look(Path path) {
    if (!trays.isInbox(path)) {
      return;
    }
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      int depth = folder.relativize(path).getNameCount() + 1;
      if (depth <= config.maxDepth()) {
        scan(path, depth);
      }
    } else {
      note(path);
    }
  }

  /// Starts or restarts the file's quiet time.
  private void note(Path file) {
    if (!trays.isInbox(file) || inWork.containsKey(file)) {
      return;
    }
    if (unstable.size() >= 2 * config.maxPending() && !unstable.containsKey(file)) {
      // What does not fit is found again by a scan when there is room.
      heldBack = true;
      return;
    }
    Seen now = see(file);
    if (now == null) {
      unstable.remove(file);
      return;
    }
    Seen before = unstable.get(file);
    if (before == null || !before.same(now)) {
      unstable.put(file, now);
    }
  }

  private static @Nullable Seen see(Path file) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile()
          ? new Seen(attributes.size(), attributes.lastModifiedTime().toMillis(), System.nanoTime())
          : null;
    } catch (IOException _) {
      return null;
    }
  }

  private void takeStable() {
    long now = System.nanoTime();
    for (Map.Entry<Path, Seen> entry : List.copyOf(unstable.entrySet())) {
      Path file = entry.getKey();
      if (isFull()) {
        return;
      }
      if (now - entry.getValue().sinceNanos() < config.stable().toNanos()) {
        continue;
      }
      Seen current = see(file);
      if (current == null) {
        unstable.remove(file);
      } else if (!current.same(entry.getValue())) {
        unstable.put(file, current);
      } else {
        unstable.remove(file);
        take(file);
      }
    }
  }

  private void take(Path file) {
    Submission submission =
        new Submission(
            OutTrays.nameOf(file), null, "folder:" + folder, Priority.BULK, null, Set.of());
    Receipt receipt;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      receipt = intake.accept(in, submission);
    } catch (IOException | RuntimeException e) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        String why = words(e);
        journal.warn("file-not-taken", "file", file, "reason", why);
        fail(
            file,
            "the file could not be taken: " + why + "\nMend it and move it back to try again.");
      }
      return;
    }
    switch (receipt) {
      case Receipt.Queued(DocumentInfo document, long _) -> inWork.put(file, document.sha256());
      case Receipt.AlreadyQueued(DocumentInfo document) -> inWork.put(file, document.sha256());
      case Receipt.Known _ -> moveDone(file);
      case Receipt.FailedBefore(DocumentInfo document, String reason) ->
          fail(file, reasonText(document, reason));
      case Receipt.Refused(Receipt.Why why, String message) -> {
        if (why == Receipt.Why.TOO_LARGE) {
          fail(file, message);
        } else {
          // Full: the file waits where it is and is tried again after another quiet time.
          Seen again = see(file);
          if (again != null) {
            unstable.put(file, again);
          }
        }
      }
    }
  }

  private void settle() {
    long now = System.nanoTime();
    if (inWork.isEmpty()) {
      outcomePending.set(false);
      return;
    }
    if (now < nextSettle && nextSettle - now <= SETTLE_PAUSE.toNanos()) {
      return;
    }
    if (!outcomePending.getAndSet(false)) {
      return;
    }
    nextSettle = now + SETTLE_PAUSE.toNanos();
    for (Map.Entry<Path, String> entry : List.copyOf(inWork.entrySet())) {
      Optional<DocumentInfo> document = intake.find(entry.getValue());
      if (document.isEmpty()) {
        // Deleted by a person: the file is theirs again.
        inWork.remove(entry.getKey());
        continue;
      }
      settle(entry.getKey(), document.get());
    }
    if (heldBack && !isFull()) {
      heldBack = false;
      rescan();
    }
  }

  private void settle(Path file, DocumentInfo document) {
    switch (Intake.receipt(document)) {
      case Receipt.Known _ -> {
        inWork.remove(file);
        moveDone(file);
      }
      case Receipt.FailedBefore(DocumentInfo failed, String reason) -> {
        inWork.remove(file);
        fail(file, reasonText(failed, reason));
      }
      case Receipt.Queued _, Receipt.AlreadyQueued _, Receipt.Refused _ -> {
        // still in work
      }
    }
  }

  private static String reasonText(DocumentInfo document, String reason) {
    return reason
        + "\n\nDocument "
        + document.sha256()
        + "\nMore: sandpiper show "
        + document.sha256().substring(0, 12)
        + "\nMove the file back into the watched folder to try again.";
  }

  private static String words(Exception e) {
    return e instanceof IOException io ? DiskFailure.words(io) : String.valueOf(e.getMessage());
  }

  private void moveDone(Path file) {
    try {
      trays.done(file);
    } catch (IOException e) {
      journal.warn("file-not-moved", "file", file, "to", "done", "reason", words(e));
    }
  }

  private void fail(Path file, String reason) {
    try {
      trays.failed(file, reason);
    } catch (IOException e) {
      journal.warn("file-not-moved", "file", file, "to", "failed", "reason", words(e));
    }
  }
}
