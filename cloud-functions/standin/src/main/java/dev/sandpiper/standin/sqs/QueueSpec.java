package dev.sandpiper.standin.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A queue to be made.
///
/// @param visibility how long a received message is hidden, whole seconds
/// @param deadLetters name of the queue for messages that were received `maxReceives` times; `null`
///   for none
public record QueueSpec(
    String name, Duration visibility, @Nullable String deadLetters, int maxReceives) {

  private static final Duration LONGEST_RESULTS = Duration.ofSeconds(20);

  public QueueSpec {
    if (maxReceives < 1 || maxReceives > 1000) {
      throw new IllegalArgumentException("maxReceives is 1 to 1000, not " + maxReceives);
    }
  }

  /// A queue whose messages stay until they are deleted.
  public static QueueSpec plain(String name, Duration visibility) {
    return new QueueSpec(name, visibility, null, 1);
  }

  /// The names of a plant's queues: jobs with dead letters, and one results queue for each device.
  ///
  /// @param stack the first part of all names
  /// @param visibility of the jobs queue; of the results queues, too, but 20 s at most
  public static List<QueueSpec> plant(String stack, Duration visibility, List<String> devices) {
    List<QueueSpec> queues = new ArrayList<>();
    queues.add(plain(stack + "-jobs-dead", Duration.ofSeconds(30)));
    queues.add(new QueueSpec(stack + "-jobs", visibility, stack + "-jobs-dead", 5));
    Duration results = visibility.compareTo(LONGEST_RESULTS) < 0 ? visibility : LONGEST_RESULTS;
    for (String device : devices) {
      queues.add(plain(stack + "-results-" + device, results));
    }
    return queues;
  }
}
