package dev.sandpiper.edge.burst.aws;

import dev.sandpiper.edge.burst.BackendMemory;
import dev.sandpiper.edge.burst.Fault;
import dev.sandpiper.edge.courier.protocol.Notice;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.CloudCounter;
import dev.sandpiper.edge.store.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Has a courier when one is needed, and none when not: started with the first task, ended after a
/// while without work, started again later and later when it dies. Safe for use by several threads.
///
/// Before a life begins it is on the disk that something may be left in the cloud, and forgotten
/// only when a life has ended in good order with everything stored. A life that finds it so cleans
/// up first.
final class CourierKeeper implements Courier.Owner, AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final AwsOptions options;
  private final BackendMemory memory;
  private final Consumer<Map<CloudCounter, Long>> usage;
  private final Journal journal;
  private final AtomicLong answered = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private @Nullable Courier courier;
  private boolean busy;
  private boolean closed;
  private @Nullable Thread starter;
  private volatile boolean uncleaned;
  private volatile boolean foreign;
  private int users;
  private int deaths;
  private long notBefore = System.nanoTime();
  private String lastEnd = "";

  CourierKeeper(
      AwsOptions options,
      BackendMemory memory,
      Consumer<Map<CloudCounter, Long>> usage,
      Journal journal) {
    this.options = options;
    this.memory = memory;
    this.usage = usage;
    this.journal = journal;
  }

  /// A courier that takes tasks; whoever has one gives it back when what came of the task is
  /// stored.
  ///
  /// @throws CourierException when there is none to be had now
  Courier take() throws CourierException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (closed) {
          throw new CourierException(Fault.INTERNAL, "The agent is stopping.");
        }
        if (!busy && courier != null && !courier.isOver()) {
          users++;
          return courier;
        }
        if (!busy) {
          refuseTooEarly();
          busy = true;
          starter = Thread.currentThread();
          break;
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
    return begin();
  }

  private void refuseTooEarly() throws CourierException {
    long wait = notBefore - System.nanoTime();
    if (wait > 0) {
      throw new CourierException(
          Fault.INTERNAL,
          "The courier to AWS is started again in %d s: %s"
              .formatted(TimeUnit.NANOSECONDS.toSeconds(wait) + 1, lastEnd));
    }
  }

  private Courier begin() throws CourierException, InterruptedException {
    Courier started = null;
    try {
      boolean dirty = memory.state().dirty();
      memory.dirty(true);
      dropPieces();
      started = Courier.start(options, this);
      prepare(started, dirty);
      return begun(started);
    } catch (CourierException e) {
      failed(started, e.words());
      throw e;
    } catch (InterruptedException e) {
      failed(started, "it was not waited for");
      throw e;
    } catch (RuntimeException e) {
      failed(started, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /// What a courier that died was fetching. Nobody writes them now: there is one at a time.
  private void dropPieces() {
    if (!Files.isDirectory(options.folder())) {
      return;
    }
    try (DirectoryStream<Path> pieces = Files.newDirectoryStream(options.folder(), "*.part")) {
      for (Path piece : pieces) {
        Files.deleteIfExists(piece);
      }
    } catch (IOException | DirectoryIteratorException e) {
      journal.warn("results-left", "folder", options.folder(), "reason", e);
    }
  }

  /// Settles what is done with things in the cloud that this life knows nothing of.
  private void prepare(Courier started, boolean dirty)
      throws CourierException, InterruptedException {
    uncleaned = false;
    if (!memory.state().owner() && !takesPossession(started)) {
      // What this home has left there cannot be told from the documents of the lost one.
      uncleaned = dirty;
      return;
    }
    if (!dirty) {
      started.own();
      return;
    }
    try {
      journal.info("cloud-cleaned", "objects", started.clean());
    } catch (CourierException e) {
      if (started.isOver()) {
        throw e;
      }
      // Tasks will meet the same trouble and name it; it is cleaned up another time.
      uncleaned = true;
      journal.warn("cloud-not-cleaned", "reason", e.words());
    }
  }

  /// A new home owns the device's name unless documents of a lost one lie there.
  private boolean takesPossession(Courier started) throws CourierException, InterruptedException {
    try {
      List<Notice.Item> found = started.list(1);
      foreign = !found.isEmpty();
    } catch (CourierException e) {
      if (started.isOver()) {
        throw e;
      }
      // Tasks will meet the same trouble and name it; until it is known, nothing strange is
      // deleted.
      journal.warn("cloud-not-listed", "reason", e.words());
      return false;
    }
    if (foreign) {
      journal.warn(
          "cloud-holds-documents-of-a-lost-home",
          "device",
          options.config().plant().device(),
          "next",
          "sandpiper cloud rebuild");
      return false;
    }
    memory.owner();
    return true;
  }

  private Courier begun(Courier started) {
    lock.lock();
    try {
      busy = false;
      starter = null;
      courier = started;
      users++;
      changed.signalAll();
      Thread.ofVirtual().name("courier-keeper").start(() -> keep(started));
      return started;
    } finally {
      lock.unlock();
    }
  }

  private void failed(@Nullable Courier started, String how) {
    if (started != null) {
      started.kill("nobody waits for it");
    }
    lock.lock();
    try {
      busy = false;
      starter = null;
      pause(how);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void pause(String how) {
    lastEnd = how;
    long nanos = FIRST_PAUSE.toNanos() << Math.min(deaths, 16);
    deaths++;
    notBefore = System.nanoTime() + Math.min(nanos, LONGEST_PAUSE.toNanos());
  }

  /// Something may come of a task that nobody waits for any more: the next life looks for it.
  void leftBehind() {
    uncleaned = true;
  }

  /// What came of a task is stored, or nobody waits for it.
  void giveBack() {
    lock.lock();
    try {
      users--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// A task was answered: the courier works.
  void answered() {
    answered.incrementAndGet();
    lock.lock();
    try {
      deaths = 0;
    } finally {
      lock.unlock();
    }
  }

  /// Ends a courier when it has had nothing to do for a while.
  private void keep(Courier mine) {
    lock.lock();
    try {
      while (true) {
        if (mine.isOver() || closed) {
          return;
        }
        if (users > 0) {
          changed.await();
          continue;
        }
        long left = options.config().bounds().idle().toNanos();
        while (users == 0 && left > 0 && !closed && !mine.isOver()) {
          left = changed.awaitNanos(left);
        }
        if (users == 0 && left <= 0) {
          busy = true;
          break;
        }
      }
    } catch (InterruptedException _) {
      return; // nobody interrupts it
    } finally {
      lock.unlock();
    }
    end(mine);
  }

  private void end(Courier mine) {
    boolean clean = false;
    try {
      clean = mine.stop() && !uncleaned;
      if (clean) {
        memory.dirty(false);
      }
    } finally {
      lock.lock();
      try {
        busy = false;
        courier = null;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
    journal.info("courier-ended", "clean", clean);
    // The heap has grown with what passed through it. One collection gives it back now, at a moment
    // when nobody waits; the next one may be hours away.
    System.gc();
  }

  @Override
  public void used(Notice.Usage used) {
    Map<CloudCounter, Long> all = new EnumMap<>(CloudCounter.class);
    all.put(CloudCounter.S3_PUT, used.s3Put());
    all.put(CloudCounter.S3_GET, used.s3Get());
    all.put(CloudCounter.S3_DELETE, used.s3Delete());
    all.put(CloudCounter.S3_LIST, used.s3List());
    all.put(CloudCounter.SQS, used.sqs());
    all.put(CloudCounter.INVOKE, used.invoke());
    all.put(CloudCounter.GB_MILLIS, used.gbMillis());
    all.put(CloudCounter.TASKS, answered.getAndSet(0));
    try {
      usage.accept(all);
    } catch (StoreException e) {
      journal.warn("usage-not-counted", "reason", e);
    }
  }

  @Override
  public void ended(Courier over, String how) {
    used(new Notice.Usage(0, 0, 0, 0, 0, 0, 0));
    lock.lock();
    try {
      if (over == courier && !busy) {
        courier = null;
        pause(how);
        journal.warn("courier-died", "reason", how);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether the cloud holds documents of an earlier home under this device's name.
  boolean foreign() {
    return foreign;
  }

  /// Opens the cloud once when an earlier life may have left something there, and lets it go again.
  void cleanUp() {
    if (!memory.state().dirty()) {
      return;
    }
    try {
      take();
      giveBack();
    } catch (CourierException e) {
      journal.warn("cloud-not-cleaned", "reason", e.words());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends the courier. What is not stored is left to the next life to clean up.
  @Override
  public void close() {
    Courier last;
    boolean idle;
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      if (starter != null) {
        starter.interrupt();
      }
      while (busy) {
        changed.awaitUninterruptibly();
      }
      last = courier;
      idle = users == 0;
      busy = true;
    } finally {
      lock.unlock();
    }
    if (last == null || last.isOver()) {
      return;
    }
    if (last.stop() && idle && !uncleaned) {
      memory.dirty(false);
    }
  }
}
