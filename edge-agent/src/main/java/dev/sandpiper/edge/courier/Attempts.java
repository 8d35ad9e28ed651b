package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.courier.Verdict.Again;
import dev.sandpiper.edge.courier.protocol.Fault;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Asks the cloud until it answers or it makes no sense any more: a bounded number of times, with
/// growing pauses and full jitter, once with fresh credentials, once with the right time.
final class Attempts {

  /// Most requests for one answer: with the pauses below some ten seconds.
  static final int MOST = 8;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(150);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  /// A large document on a slow line may take long and break near its end.
  static final Duration PATIENT = Duration.ofMinutes(10);

  private final Identity identity;
  private final RandomGenerator random;
  private final Runnable throttled;
  private final Duration patience;

  /// @param throttled told whenever the cloud asks for less at once
  /// @param patience after this long nothing is tried again
  Attempts(Identity identity, RandomGenerator random, Runnable throttled, Duration patience) {
    this.identity = identity;
    this.random = random;
    this.throttled = throttled;
    this.patience = patience;
  }

  /// @param what the work in words, for instance `Uploading in/pi/e3b0`
  /// @throws CloudException when it is final
  <T> T run(String what, Supplier<T> request) {
    boolean renewed = false;
    boolean timed = false;
    long start = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      int generation = identity.generation();
      try {
        return request.get();
      } catch (CloudException e) {
        throw e;
      } catch (RuntimeException e) {
        Verdict verdict = Diagnosis.of(e);
        if (verdict.again() == Again.SLOWER) {
          throttled.run();
        }
        boolean again =
            attempt < MOST
                && System.nanoTime() - start < patience.toNanos()
                && switch (verdict.again()) {
                  case NEVER -> false;
                  case LATER, SLOWER -> true;
                  case WITH_NEW_CREDENTIALS -> !renewed;
                  case WITH_THE_RIGHT_TIME -> !timed;
                };
        if (!again) {
          throw new CloudException(verdict.fault(), what + " failed. " + verdict.words(), e);
        }
        if (verdict.again() == Again.WITH_NEW_CREDENTIALS) {
          renewed = true;
          identity.renew(generation);
        }
        timed |= verdict.again() == Again.WITH_THE_RIGHT_TIME;
        pause(verdict.again(), attempt);
      }
    }
  }

  /// Waits before the next attempt.
  ///
  /// @param attempt the one that failed, from 1
  void pause(Again again, int attempt) {
    long scale =
        switch (again) {
          case NEVER, WITH_NEW_CREDENTIALS, WITH_THE_RIGHT_TIME -> 0;
          case LATER -> 1;
          case SLOWER -> 2;
        };
    long most =
        Math.min(LONGEST_PAUSE.toMillis(), scale * (FIRST_PAUSE.toMillis() << (attempt - 1)));
    try {
      Thread.sleep(most == 0 ? 0 : random.nextLong(most + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloudException(Fault.INTERNAL, "The courier is being stopped.", e);
    }
  }
}
