package dev.sandpiper.edge.courier.protocol;

import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.edge.config.AwsBurstConfig;
import java.nio.file.Path;

/// What the agent tells its courier.
public sealed interface Order {

  /// The first line: where the cloud is, how much may go there, who this machine is.
  ///
  /// @param scratch folder for what the courier must write beside the results
  record Open(AwsBurstConfig config, Path scratch) implements Order {}

  /// Which way a document takes.
  enum Route {
    /// One invocation: the answer as fast as can be.
    DIRECT,
    /// Through the queue: many at once.
    BURST
  }

  /// One document to parse.
  ///
  /// @param request its source and its result are files of this machine, by absolute paths
  record Task(Route route, ParseRequest request) implements Order {}

  /// What came of a task is durable on the edge: its copies in the cloud can go.
  record Stored(String id) implements Order {}

  /// Nobody waits for this task any more.
  record Cancel(String id) implements Order {}

  /// Look whether everything is as it must be; answered by [Notice.Checks].
  record Check() implements Order {}

  /// Which documents of this device lie in the cloud; answered by [Notice.Listed].
  ///
  /// @param limit most of them
  record List(int limit) implements Order {

    /// No limit.
    public static final int ALL = Integer.MAX_VALUE;
  }

  /// Bring one of them back; answered by [Notice.Fetched] or [Notice.Problem].
  record Fetch(String key, Path file) implements Order {}

  /// Delete one of them; answered by [Notice.Dropped] or [Notice.Problem].
  record Drop(String key) implements Order {}

  /// What lies in the cloud under this device's name is this agent's. From now on results of tasks
  /// this courier was never given are deleted as they come; before, they are left alone, for a lost
  /// agent may be rebuilt from them. Not answered.
  record Own() implements Order {}

  /// The same, and every document and result is deleted that belongs to no task of this courier;
  /// answered by [Notice.Cleaned] or [Notice.Problem].
  record Clean() implements Order {}

  /// Finish the deletions and end.
  record Stop() implements Order {}
}
