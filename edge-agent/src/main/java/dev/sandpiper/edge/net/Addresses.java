package dev.sandpiper.edge.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Resolves names. The system's resolver cannot be interrupted and would hold a carrier of the
/// virtual threads while it waits, so each look-up has a thread that can be left behind.
final class Addresses {

  private static final int MOST_LOOKUPS = 16;

  private final Semaphore lookups = new Semaphore(MOST_LOOKUPS);

  /// @throws UnknownHostException when the name has no address, or nobody could say in time
  List<InetAddress> of(String host, Deadline end)
      throws UnknownHostException, InterruptedException {
    if (isLiteral(host)) {
      return List.of(InetAddress.getByName(host));
    }
    if (!lookups.tryAcquire(end.left(), TimeUnit.NANOSECONDS)) {
      throw new UnknownHostException("too many look-ups at once");
    }
    FutureTask<InetAddress[]> lookup =
        new FutureTask<>(() -> {
          try {
            return InetAddress.getAllByName(host);
          } finally {
            lookups.release();
          }
        });
    Thread.ofPlatform().daemon().name("resolve").start(lookup);
    try {
      return List.of(lookup.get(end.left(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      throw new UnknownHostException("no answer from DNS");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw unknown;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /// Nothing needs to be asked for an address in digits.
  private static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
