package dev.sandpiper.edge.courier;

import java.util.List;
import java.util.Map;

/// The two queues: jobs go out, results come in. Every method retries what makes sense, and ends in
/// a [CloudException] otherwise.
interface Post {

  /// A job to be sent.
  ///
  /// @param id the task's
  record Letter(String id, String body) {

    /// Bytes, nearly.
    int weight() {
      return body.length() + ENTRY;
    }

    private static final int ENTRY = 200;
  }

  /// A result that has come.
  ///
  /// @param messageId the same each time the queue gives it out
  /// @param receipt what deletes it, new each time
  record Delivery(String messageId, String receipt, String body) {}

  /// Sends at most [#MOST] letters of at most [#MOST_BYTES] together.
  ///
  /// @return why not, by the id of each letter that did not go
  Map<String, CloudException> send(List<Letter> letters);

  /// Waits for results, at most [#MOST].
  ///
  /// @param seconds how long, when there is none; at most 20
  List<Delivery> receive(int seconds);

  /// Deletes at most [#MOST] messages. One that is gone counts as deleted.
  ///
  /// @return how many stay, after every retry
  int delete(List<String> receipts);

  /// How much waits, in words; for a person.
  String jobsWaiting();

  /// How much waits, in words; for a person.
  String resultsWaiting();

  /// Most messages in one request.
  int MOST = 10;

  /// Most bytes of messages in one request: stand-ins still have the old limit of 256 KiB.
  int MOST_BYTES = 200 << 10;
}
