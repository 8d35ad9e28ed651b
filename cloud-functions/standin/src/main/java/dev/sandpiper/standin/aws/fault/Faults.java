package dev.sandpiper.standin.aws.fault;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The switches. Safe for use by several threads; every switch works from the next request on.
public final class Faults {

  /// How long a slow body takes.
  public static final Duration SLOW_BODY = Duration.ofSeconds(2);

  /// When a message appears again whose deletion is delayed.
  public static final Duration REAPPEARS = Duration.ofMillis(500);

  /// When a message appears again whose visibility ends early.
  public static final Duration EARLY = Duration.ofMillis(50);

  private final RandomGenerator random;
  private final Map<Service, Map<Fault, Double>> shares = new EnumMap<>(Service.class);
  private final Map<Fault, Long> strikes = new HashMap<>();
  private final Set<String> expired = ConcurrentHashMap.newKeySet();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private volatile Duration clockOffset = Duration.ZERO;

  /// @param seed of the choice which request is struck
  public Faults(long seed) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (Service service : Service.values()) {
      shares.put(service, new EnumMap<>(Fault.class));
    }
  }

  /// Strikes a share of what every service does.
  ///
  /// @param share 0 to 1
  public void set(Fault fault, double share) {
    for (Service service : Service.values()) {
      set(service, fault, share);
    }
  }

  /// Strikes a share of what one service does.
  public synchronized void set(Service service, Fault fault, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is 0 to 1, not " + share);
    }
    switches(service).put(fault, share);
  }

  /// Switches everything off, clock and credentials included; the counts stay.
  public synchronized void clear() {
    shares.values().forEach(Map::clear);
    expired.clear();
    unknown.clear();
    clockOffset = Duration.ZERO;
  }

  /// Refuses an access key as expired from now on.
  public void expire(String accessKeyId) {
    expired.add(accessKeyId);
  }

  /// Refuses an access key as one that does not exist from now on.
  public void forget(String accessKeyId) {
    unknown.add(accessKeyId);
  }

  /// Puts AWS's clock ahead of the true time, or behind it.
  public void clockOffset(Duration offset) {
    clockOffset = offset;
  }

  public Duration clockOffset() {
    return clockOffset;
  }

  public boolean isExpired(String accessKeyId) {
    return expired.contains(accessKeyId);
  }

  public boolean isUnknown(String accessKeyId) {
    return unknown.contains(accessKeyId);
  }

  /// Whether this one is struck.
  public synchronized boolean strikes(Service service, Fault fault) {
    double share = switches(service).getOrDefault(fault, 0.0);
    if (share == 0 || random.nextDouble() >= share) {
      return false;
    }
    strikes.merge(fault, 1L, Long::sum);
    return true;
  }

  /// A choice among `bound` things.
  public synchronized int choose(int bound) {
    return random.nextInt(bound);
  }

  /// How often each fault has struck.
  public synchronized Map<Fault, Long> struck() {
    return Map.copyOf(strikes);
  }

  private Map<Fault, Double> switches(Service service) {
    return shares.computeIfAbsent(service, _ -> new EnumMap<>(Fault.class));
  }
}
