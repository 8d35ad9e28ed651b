package dev.sandpiper.standin.aws.sqs;

import org.jspecify.annotations.Nullable;

/// A message that a queue holds. Guarded by the queue's lock.
final class Held {

  final String id;
  final String body;
  final String md5;
  final long sentMillis;
  int receives;
  long firstReceivedMillis;
  long visibleAtNanos;
  @Nullable String handle;

  /// Each fault makes one more of a message, not a series without end.
  boolean duplicated;

  boolean undeleted;

  Held(String id, String body, String md5, long sentMillis) {
    this.id = id;
    this.body = body;
    this.md5 = md5;
    this.sentMillis = sentMillis;
  }

  /// The same message once more, as another of SQS's servers has it.
  Held copy() {
    Held copy = new Held(id, body, md5, sentMillis);
    copy.duplicated = true;
    copy.receives = receives;
    copy.firstReceivedMillis = firstReceivedMillis;
    return copy;
  }
}
