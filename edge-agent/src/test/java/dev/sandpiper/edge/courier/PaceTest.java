package dev.sandpiper.edge.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PaceTest {

  private final AtomicLong now = new AtomicLong();

  @Test
  void itGrowsWhileMoreBringsMore() throws Exception {
    Pace pace = new Pace(64, now::get);
    for (int round = 0; round < 20; round++) {
      crowd(pace, Duration.ofMillis(100)); // a window takes the same time, however many run
    }
    assertThat(pace.limit()).isEqualTo(64);
  }

  @Test
  void itStaysWhereMoreBringsNoMore() throws Exception {
    Pace pace = new Pace(64, now::get);
    for (int round = 0; round < 5; round++) {
      crowd(pace, Duration.ofMillis(10L * pace.limit())); // a full line
    }
    assertThat(pace.limit()).isBetween(8, 12);
  }

  @Test
  void itHalvesOnceInAMomentOfThrottling() {
    Pace pace = new Pace(64, now::get);
    pace.slower();
    pace.slower();
    assertThat(pace.limit()).isEqualTo(4);
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    pace.slower();
    assertThat(pace.limit()).isEqualTo(2);
  }

  @Test
  void itNeverStops() {
    Pace pace = new Pace(64, now::get);
    for (int i = 0; i < 20; i++) {
      now.addAndGet(Duration.ofSeconds(1).toNanos());
      pace.slower();
    }
    assertThat(pace.limit()).isEqualTo(1);
  }

  @Test
  void neverMoreThanTheConfigurationAllowsRunAtOnce() throws Exception {
    Pace pace = new Pace(3, now::get);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 300; i++) {
        threads.execute(() ->
            through(
                pace,
                () -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  Thread.onSpinWait();
                  running.decrementAndGet();
                }));
      }
    }
    assertThat(most.get()).isBetween(1, 3);
  }

  /// One window: as many as may run, with more waiting, end together.
  private void crowd(Pace pace, Duration takes) throws Exception {
    int size = pace.limit();
    CyclicBarrier all = new CyclicBarrier(size, () -> now.addAndGet(takes.toNanos()));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < size; i++) {
        threads.execute(() ->
            through(
                pace,
                () -> {
                  try {
                    all.await();
                  } catch (BrokenBarrierException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                }));
      }
    }
  }

  private static void through(Pace pace, Runnable work) {
    try {
      pace.run(() -> {
        work.run();
        return work;
      });
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
