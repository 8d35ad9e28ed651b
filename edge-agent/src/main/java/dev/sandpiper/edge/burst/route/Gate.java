package dev.sandpiper.edge.burst.route;

import dev.sandpiper.edge.burst.BackendMemory;
import dev.sandpiper.edge.burst.BurstStatus;
import dev.sandpiper.edge.burst.Fault;
import dev.sandpiper.edge.burst.Turnstile;
import dev.sandpiper.edge.circuit.Circuit;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.Refusal;
import dev.sandpiper.edge.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Gives out places: so many at home, as many in the cloud as it can take now. Safe for use by
/// several threads.
final class Gate implements Turnstile {

  /// Lanes beyond the places: they write results while others work.
  static final int SPARE_LANES = 2;

  /// Lanes that look for a job at once: each new job wakes all that do.
  private static final int CLAIMERS = 4;

  /// When there is no money for the cloud, it is looked again after this time: it may be resumed,
  /// or a new day may have begun.
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  /// A place that was given out.
  ///
  /// @param cloud whether it is in the cloud
  /// @param probe whether its task tries whether the cloud works again
  /// @param number counts the places in the cloud
  record Place(boolean cloud, boolean probe, long number) {}

  private static final Place HOME = new Place(false, false, 0);

  private final RouteOptions options;
  private final BackendMemory memory;
  private final InstantSource clock;
  private final Journal journal;
  private final Circuit circuit;
  private final Share share;
  private final Semaphore claimers = new Semaphore(CLAIMERS, true);
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private int atHome;
  private int inCloud;
  private int settling;
  private int lanes;
  private boolean drained;
  private @Nullable Refusal unpaid;
  private Instant lookAgain = Instant.MIN;

  Gate(RouteOptions options, BackendMemory memory, InstantSource clock, Journal journal) {
    this.options = options;
    this.memory = memory;
    this.clock = clock;
    this.journal = journal;
    BackendMemory.State state = memory.state();
    this.circuit = new Circuit(state.trips(), state.retryAt(), state.reason());
    this.share = new Share(options.concurrency());
    this.drained = state.drained();
  }

  /// Waits for a place, at home or in the cloud, as the policy has it.
  Place take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        boolean home = atHome < options.localSlots();
        boolean cloud = inCloud < cloudPlaces();
        if (cloud && (options.cloudFirst() || !home)) {
          inCloud++;
          lookAgain = clock.instant().plus(LOOK_AGAIN);
          return new Place(true, circuit.begin(), share.begin());
        }
        if (home) {
          atHome++;
          return HOME;
        }
        await();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a place at home.
  Place takeHome() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (atHome >= options.localSlots()) {
        await();
      }
      atHome++;
      return HOME;
    } finally {
      lock.unlock();
    }
  }

  /// Nothing came of the task, or it was one at home.
  void giveBack(Place place) {
    leave(
        place,
        () -> {
          if (place.cloud()) {
            circuit.abandoned(place.probe());
          }
        });
  }

  /// The cloud has answered.
  ///
  /// @param busy whether it said that it has enough
  void answered(Place place, boolean busy) {
    leave(
        place,
        () -> {
          settling++;
          if (busy) {
            share.throttled(place.number());
          } else {
            share.answered(inCloud);
          }
          if (circuit.answered()) {
            remember();
            journal.info("cloud-works-again");
          }
        });
  }

  /// What came of an answer is on the disk.
  void settled() {
    lock.lock();
    try {
      settling--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The cloud did not take the task.
  void refused(Place place, Fault fault, String message) {
    leave(
        place,
        () -> {
          boolean bearable =
              fault == Fault.THROTTLED && !share.throttled(place.number()) && !place.probe();
          if (!bearable
              && circuit.refused(place.probe(), fault.othersToo(), message, clock.instant())) {
            remember();
            journal.warn(
                "cloud-rests",
                "until",
                String.valueOf(circuit.retryAt()),
                "fault",
                fault.name().toLowerCase(Locale.ROOT),
                "reason",
                message);
          }
        });
  }

  /// There is no money for the task, nor for any other.
  void unpaid(Place place, Refusal refusal) {
    leave(
        place,
        () -> {
          circuit.abandoned(place.probe());
          Instant soon = clock.instant().plus(LOOK_AGAIN);
          lookAgain = refusal.again().filter(soon::isAfter).orElse(soon);
          if (unpaid == null) {
            journal.warn("cloud-not-paid", "reason", refusal.words());
          }
          unpaid = refusal;
        });
  }

  /// There was money for a task.
  void paid() {
    lock.lock();
    try {
      if (unpaid != null) {
        unpaid = null;
        changed.signalAll();
        journal.info("cloud-paid-again");
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave(Place place, Runnable after) {
    lock.lock();
    try {
      after.run();
    } finally {
      if (place.cloud()) {
        inCloud--;
      } else {
        atHome--;
      }
      changed.signalAll();
      lock.unlock();
    }
  }

  /// A disk that is full costs the memory of this, not the task that found it out.
  private void remember() {
    try {
      memory.circuit(circuit.trips(), circuit.retryAt(), circuit.reason());
    } catch (StoreException e) {
      journal.warn("circuit-not-remembered", "reason", e);
    }
  }

  @Override
  public void enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (lanes >= options.localSlots() + SPARE_LANES + cloudPlaces()) {
        await();
      }
      lanes++;
    } finally {
      lock.unlock();
    }
    try {
      claimers.acquire();
    } catch (InterruptedException e) {
      leave();
      throw e;
    }
  }

  @Override
  public void claimed() {
    claimers.release();
  }

  @Override
  public void leave() {
    lock.lock();
    try {
      lanes--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private int cloudPlaces() {
    if (drained) {
      return 0;
    }
    Instant now = clock.instant();
    if (unpaid != null && now.isBefore(lookAgain)) {
      return 0;
    }
    return switch (circuit.allowance(now)) {
      case ALL -> unpaid == null ? share.size() : inCloud + 1;
      case PROBE -> inCloud + 1;
      case NONE -> 0;
    };
  }

  /// Until something has changed, or the cloud may be tried again. Every caller looks again then.
  @SuppressWarnings("WaitNotInLoop")
  private void await() throws InterruptedException {
    Instant retryAt = drained ? null : later(circuit.retryAt());
    Duration rest = retryAt == null ? Duration.ZERO : Duration.between(clock.instant(), retryAt);
    if (rest.isPositive()) {
      boolean _ = changed.await(Math.min(rest.toMillis() + 1, LONGEST_WAIT), TimeUnit.MILLISECONDS);
    } else {
      changed.await();
    }
  }

  private @Nullable Instant later(@Nullable Instant retryAt) {
    return unpaid == null || (retryAt != null && retryAt.isAfter(lookAgain)) ? retryAt : lookAgain;
  }

  private static final long LONGEST_WAIT = Circuit.LONGEST_REST.toMillis();

  /// Whether the cloud can be given work now: large documents are then worth more parts.
  boolean cloudWorks() {
    lock.lock();
    try {
      return !drained
          && unpaid == null
          && circuit.allowance(clock.instant()) == Circuit.Allowance.ALL;
    } finally {
      lock.unlock();
    }
  }

  /// Gives the cloud no more work, or work again.
  void drain(boolean yes) {
    memory.drained(yes);
    lock.lock();
    try {
      drained = yes;
      unpaid = yes ? unpaid : null;
      if (!yes && circuit.answered()) {
        // Whoever says that it shall be used has mended it, or wants to see what is wrong.
        remember();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    journal.info(yes ? "cloud-drained" : "cloud-resumed");
  }

  BurstStatus status() {
    lock.lock();
    try {
      int inFlight = inCloud + settling;
      Refusal refusal = unpaid;
      Instant retryAt = refusal == null ? circuit.retryAt() : refusal.again().orElse(lookAgain);
      return new BurstStatus(
          options.cloudFirst() ? "first" : "overflow",
          state(inFlight, retryAt),
          inFlight,
          share.size(),
          options.concurrency(),
          drained ? null : refusal == null ? circuit.reason() : refusal.words(),
          drained ? null : retryAt);
    } finally {
      lock.unlock();
    }
  }

  private BurstStatus.State state(int inFlight, @Nullable Instant retryAt) {
    if (drained) {
      return inFlight > 0 ? BurstStatus.State.DRAINING : BurstStatus.State.DRAINED;
    }
    return retryAt == null ? BurstStatus.State.WORKING : BurstStatus.State.RESTING;
  }
}
