package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.config.ProviderConfig;
import dev.sandpiper.edge.llm.ModelException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How much a provider is given: requests and tokens a minute, requests at once. Safe for use by
/// several threads, which are served as they come by, not in order.
final class Pace {

  private final String provider;
  private final InstantSource clock;
  private final Pause pause;
  private final Semaphore places;
  private final Bucket requests;
  private final Bucket tokens;

  Pace(ProviderConfig provider, InstantSource clock, Pause pause) {
    this.provider = provider.name();
    this.clock = clock;
    this.pause = pause;
    this.places = new Semaphore(provider.limits().concurrency(), true);
    this.requests = new Bucket(provider.limits().requests(), clock.instant());
    this.tokens = new Bucket(provider.limits().tokens(), clock.instant());
  }

  /// Waits for a turn; [#leave] ends it.
  ///
  /// @param amount tokens that it will take at most
  /// @param patience longest wait
  /// @throws ModelException when it would take longer
  void enter(long amount, Duration patience) throws ModelException, InterruptedException {
    if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw ModelException.unasked(
          ModelException.Kind.RATE_LIMITED,
          "%s is busy with as many requests as providers.%s.concurrency allows. Try again later."
              .formatted(provider, provider),
          null);
    }
    boolean in = false;
    try {
      waitForBuckets(amount, patience);
      in = true;
    } finally {
      if (!in) {
        places.release();
      }
    }
  }

  private void waitForBuckets(long amount, Duration patience)
      throws ModelException, InterruptedException {
    Duration waited = Duration.ZERO;
    while (true) {
      Duration wait = take(amount);
      if (wait.isZero()) {
        return;
      }
      waited = waited.plus(wait);
      if (waited.compareTo(patience) > 0) {
        throw ModelException.unasked(
            ModelException.Kind.RATE_LIMITED,
            "%s has been given what providers.%s.rpm and tpm allow. Try again in %d s."
                .formatted(provider, provider, Math.max(1, wait.toSeconds())),
            wait);
      }
      pause.rest(wait);
    }
  }

  private synchronized Duration take(long amount) {
    Duration request = requests.untilThereIs(1, clock.instant());
    Duration token = tokens.untilThereIs(amount, clock.instant());
    Duration wait = request.compareTo(token) > 0 ? request : token;
    if (wait.isZero()) {
      requests.take(1);
      tokens.take(amount);
    }
    return wait;
  }

  /// A turn is over.
  ///
  /// @param amount what it had asked for
  /// @param used what it took
  void leave(long amount, long used) {
    synchronized (this) {
      tokens.giveBack(amount - used);
    }
    places.release();
  }
}
