package dev.sandpiper.standin.source;

import java.net.URI;
import java.time.Duration;

/// How a queue is polled.
///
/// @param queue where messages come from
/// @param batchSize most messages in an event, 1 to 10,000; more than 10 need a window
/// @param window how long a batch is collected after its first message
/// @param maximumConcurrency most invocations at once
/// @param reportBatchItemFailures whether the answer names the failed messages; otherwise any
///   answer means success
public record EventSourceSpec(
    Queue queue,
    int batchSize,
    Duration window,
    int maximumConcurrency,
    boolean reportBatchItemFailures) {

  /// Where messages come from.
  ///
  /// @param endpoint of SQS
  public record Queue(URI endpoint, String region, URI url) {

    String arn() {
      String path = url.getPath();
      return "arn:aws:sqs:" + region + path.replace('/', ':');
    }
  }

  private static final int MOST_WITHOUT_WINDOW = 10;
  private static final int MOST = 10_000;

  public EventSourceSpec {
    if (batchSize < 1 || batchSize > MOST) {
      throw new IllegalArgumentException("a batch has 1 to 10000 messages, not " + batchSize);
    }
    if (batchSize > MOST_WITHOUT_WINDOW && window.toSeconds() < 1) {
      throw new IllegalArgumentException("a batch of more than 10 needs a window of a second");
    }
    if (window.toSeconds() > 300) {
      throw new IllegalArgumentException("a window has at most 300 seconds, not " + window);
    }
    if (maximumConcurrency < 2 || maximumConcurrency > 1000) {
      throw new IllegalArgumentException(
          "maximum concurrency is 2 to 1000, not " + maximumConcurrency);
    }
  }

  /// Batches of 10 collected for a second, with partial failures: the plant's own settings.
  public static EventSourceSpec plant(Queue queue, int maximumConcurrency) {
    return new EventSourceSpec(queue, 10, Duration.ofSeconds(1), maximumConcurrency, true);
  }
}
