package dev.sandpiper.functions;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// The port to the queue that a batch came from.
@FunctionalInterface
public interface JobQueue {

  /// Lets messages come again after a time of their own instead of the queue's.
  ///
  /// @param delays the time for each receipt handle
  /// @throws IOException when some keep the queue's own time
  void postpone(Map<String, Duration> delays) throws IOException;
}
