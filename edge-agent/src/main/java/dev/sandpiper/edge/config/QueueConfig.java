package dev.sandpiper.edge.config;

import java.time.Duration;

/// The queue's settings.
///
/// @param maxAttempts attempts before a job is parked
/// @param depth most open jobs
/// @param backoffBase longest wait before the second attempt
/// @param backoffCap longest wait between two attempts
/// @param keepEnded how many finished jobs are kept
public record QueueConfig(
    int maxAttempts, long depth, Duration backoffBase, Duration backoffCap, int keepEnded) {

  static QueueConfig from(Values values) {
    return new QueueConfig(
        values.integer(ConfigKey.QUEUE_MAX_ATTEMPTS),
        values.integer(ConfigKey.QUEUE_DEPTH),
        values.duration(ConfigKey.QUEUE_BACKOFF_BASE),
        values.duration(ConfigKey.QUEUE_BACKOFF_CAP),
        values.integer(ConfigKey.QUEUE_KEEP_ENDED));
  }
}
