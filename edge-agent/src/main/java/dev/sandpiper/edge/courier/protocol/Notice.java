package dev.sandpiper.edge.courier.protocol;

import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.edge.health.CheckResult;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the courier tells the agent.
public sealed interface Notice {

  /// It has read its configuration and takes orders. Nothing was asked of the cloud yet.
  record Ready() implements Notice {}

  /// What came of a task. Told once for each task, and never after [Refused].
  ///
  /// @param reply the envelope, under the task's own id; `stored` says what is in `file`
  /// @param file the stored result, where the request wanted it; `null` unless parsed
  record Answer(String id, ParseReply reply, @Nullable Path file) implements Notice {}

  /// The cloud did not take a task, or cannot be asked for its result any more.
  ///
  /// @param message what failed, on what, and what to do next
  record Refused(String id, Fault fault, String message) implements Notice {}

  /// Requests made since the last notice of this kind.
  ///
  /// @param s3Put uploads, and parts of them
  /// @param s3Get downloads and looks at one object
  /// @param sqs requests to queues, of any kind
  /// @param gbMillis what functions used: memory in GB times milliseconds
  record Usage(
      long s3Put, long s3Get, long s3Delete, long s3List, long sqs, long invoke, long gbMillis)
      implements Notice {}

  /// What a check found, in the order a person repairs things.
  record Checks(List<CheckResult> checks) implements Notice {
    public Checks {
      checks = List.copyOf(checks);
    }
  }

  /// Documents of this device in the cloud.
  ///
  /// @param more whether another notice with further documents follows
  record Listed(List<Item> objects, boolean more) implements Notice {
    public Listed {
      objects = List.copyOf(objects);
    }
  }

  /// One document in the cloud.
  ///
  /// @param name its file name, empty when unknown
  /// @param type its media type, empty when unknown
  record Item(String key, long size, String name, String type) {}

  /// A document is back.
  record Fetched(String key) implements Notice {}

  /// A document is deleted.
  record Dropped(String key) implements Notice {}

  /// Nothing is left in the cloud that no task of this courier needs.
  ///
  /// @param objects how many there were
  record Cleaned(long objects) implements Notice {}

  /// A list, a fetch, a deletion or the opening failed; says what to do next.
  record Problem(String message) implements Notice {}
}
