package dev.sandpiper.edge.work;

import dev.sandpiper.edge.burst.Turnstile;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.Lane;
import dev.sandpiper.edge.queue.Lease;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A fixed number of lanes, each doing one job at a time.
///
/// There are more lanes than worker processes: while one lane writes a result to the disk another
/// already keeps the worker busy.
public final class WorkLoop implements AutoCloseable {

  /// How long a lane waits before it tries a failing store again.
  private static final Duration STORE_PAUSE = Duration.ofSeconds(15);

  private final Database database;
  private final JobQueue queue;
  private final Journal journal;
  private final Map<String, JobWork> works = new HashMap<>();
  private final List<Thread> lanes = new ArrayList<>();
  private final Map<Lease, Thread> running = new ConcurrentHashMap<>();
  private final Lanes shape;
  private final Turnstile turnstile;
  private volatile boolean stopping;

  /// Which jobs are done, and how many at once.
  ///
  /// @param lane which jobs
  /// @param count most of them at once
  /// @param turnstile how many may be begun now
  public record Lanes(Lane lane, int count, Turnstile turnstile) {}

  public WorkLoop(
      Database database, JobQueue queue, List<JobWork> works, Lanes lanes, Journal journal) {
    this.database = database;
    this.queue = queue;
    this.journal = journal;
    this.shape = lanes;
    this.turnstile = lanes.turnstile();
    works.forEach(this::add);
  }

  /// Lets the lanes do another work, too. To be called before they start.
  public void add(JobWork work) {
    for (String kind : work.kinds()) {
      works.put(kind, work);
    }
  }

  /// Starts the lanes.
  public void start() {
    String name = shape.lane().name().toLowerCase(Locale.ROOT) + "-lane-";
    for (int i = 0; i < shape.count(); i++) {
      lanes.add(Thread.ofVirtual().name(name + i).start(this::lane));
    }
  }

  /// Interrupts lanes whose job was cancelled, so that its worker stops.
  public void stopCancelled() {
    running.forEach((lease, thread) -> {
      // A lane that has just ended its job comes here itself: it has nothing to stop.
      if (thread != Thread.currentThread() && !queue.holds(lease)) {
        synchronized (running) {
          if (running.containsKey(lease)) {
            thread.interrupt();
          }
        }
      }
    });
  }

  /// An interrupt that was meant for this job must not meet the next one.
  private void forget(Lease lease) {
    synchronized (running) {
      running.remove(lease);
      Thread.interrupted();
    }
  }

  private void lane() {
    while (!stopping) {
      try {
        turnstile.enter();
        try {
          Lease lease = claim();
          running.put(lease, Thread.currentThread());
          try {
            run(lease);
          } finally {
            forget(lease);
          }
        } finally {
          turnstile.leave();
        }
      } catch (InterruptedException _) {
        // Either the agent stops, which the loop's condition sees, or a cancelled job was
        // interrupted: go on.
      } catch (StoreException e) {
        if (!waitOut(e)) {
          return;
        }
      }
    }
  }

  private Lease claim() throws InterruptedException {
    try {
      return queue.awaitClaim(shape.lane());
    } finally {
      turnstile.claimed();
    }
  }

  /// Waits before the store is tried again: a full disk may have room by then.
  ///
  /// @return false when it will never work again in this process
  private boolean waitOut(StoreException e) {
    if (stopping || database.failure().isPresent()) {
      return false;
    }
    journal.error("store-failed", "lane", Thread.currentThread().getName(), "reason", e);
    try {
      Thread.sleep(STORE_PAUSE);
    } catch (InterruptedException _) {
      // The agent stops, which the loop's condition sees.
    }
    return !stopping;
  }

  private void run(Lease lease) throws InterruptedException {
    JobWork work = works.get(lease.job().kind());
    if (work == null) {
      String reason =
          "This version does not know jobs of kind " + lease.job().kind() + ". Upgrade the agent.";
      database.write(tx -> queue.park(tx, lease, reason));
      return;
    }
    try {
      work.run(lease);
    } catch (InterruptedException e) {
      // Given back whatever the reason; a lease that is stale has nothing to give.
      database.write(tx -> queue.release(tx, lease));
      throw e;
    } catch (StoreException e) {
      if (waitOut(e)) {
        settle(work, lease, "The store failed: " + e.getMessage());
      }
    } catch (RuntimeException | StackOverflowError e) {
      journal.error("job-defect", "job", lease.job().id(), "kind", lease.job().kind(), "reason", e);
      settle(work, lease, "Defect in the agent: " + e);
    }
  }

  /// Gives a broken job back, for as long as it takes: its lease would keep it from everyone else
  /// in this process.
  private void settle(JobWork work, Lease lease, String reason) {
    while (true) {
      try {
        work.failed(lease, reason);
        return;
      } catch (StoreException e) {
        if (!waitOut(e)) {
          return;
        }
      }
    }
  }

  /// Stops the lanes; jobs in work go back to the queue.
  @Override
  public void close() {
    stopping = true;
    lanes.forEach(Thread::interrupt);
    for (Thread lane : lanes) {
      boolean interrupted = false;
      while (true) {
        try {
          lane.join();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
