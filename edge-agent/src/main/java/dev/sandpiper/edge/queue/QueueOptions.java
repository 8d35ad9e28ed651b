package dev.sandpiper.edge.queue;

import java.time.Duration;

/// The queue's bounds.
///
/// @param maxDepth most jobs that have not ended; more are refused
/// @param diskReserve bytes that stay free on the disk; below it nothing is accepted
/// @param maxAttempts attempts before a job is parked
/// @param maxKills killed workers before a job is parked as poisonous
/// @param maxInterruptions ends of the agent during a job before it is parked
/// @param backoffBase longest wait after the first failure; doubles with each further one
/// @param backoffMax longest wait of all
/// @param maxRetryAfter longest wait that a far side can ask for
/// @param keepEnded how many of the newest jobs are kept after their end
public record QueueOptions(
    int maxDepth,
    long diskReserve,
    int maxAttempts,
    int maxKills,
    int maxInterruptions,
    Duration backoffBase,
    Duration backoffMax,
    Duration maxRetryAfter,
    int keepEnded) {

  public QueueOptions {
    if (maxDepth < 1
        || diskReserve < 0
        || maxAttempts < 1
        || maxKills < 1
        || maxInterruptions < 1
        || keepEnded < 1
        || backoffBase.isNegative()
        || backoffMax.compareTo(backoffBase) < 0) {
      throw new IllegalArgumentException("queue bounds must be positive: " + this);
    }
  }

  /// 100,000 jobs, 256 MiB reserve, 8 attempts, 3 kills, 25 interruptions, 2 s to 15 min, a day,
  /// 10,000 ended jobs.
  public static QueueOptions defaults() {
    return new QueueOptions(
        100_000,
        256L << 20,
        8,
        3,
        25,
        Duration.ofSeconds(2),
        Duration.ofMinutes(15),
        Duration.ofDays(1),
        10_000);
  }

  /// The same with other bounds on what is accepted.
  public QueueOptions withAdmission(int depth, long reserve) {
    return new QueueOptions(
        depth,
        reserve,
        maxAttempts,
        maxKills,
        maxInterruptions,
        backoffBase,
        backoffMax,
        maxRetryAfter,
        keepEnded);
  }

  /// The same with another number of ended jobs kept.
  public QueueOptions withKeepEnded(int jobs) {
    return new QueueOptions(
        maxDepth,
        diskReserve,
        maxAttempts,
        maxKills,
        maxInterruptions,
        backoffBase,
        backoffMax,
        maxRetryAfter,
        jobs);
  }
}
