package dev.sandpiper.edge.queue;

import org.jspecify.annotations.Nullable;

/// A job to enqueue.
///
/// @param kind which work does it, for instance `parse`
/// @param subject SHA-256 of the document it is about
/// @param payload what the work needs to know, as JSON
/// @param batch the batch it came with; `null` when alone
public record NewJob(
    String kind, Priority priority, String subject, String payload, @Nullable Long batch) {

  /// Longest payload, in characters.
  static final int MAX_PAYLOAD = 64 * 1024;

  public NewJob {
    if (payload.length() > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "a job's payload is at most "
              + MAX_PAYLOAD
              + " characters, not "
              + payload.length()
              + ": put large things into the blob store");
    }
  }

  /// A job that belongs to no batch.
  public static NewJob of(String kind, Priority priority, String subject, String payload) {
    return new NewJob(kind, priority, subject, payload, null);
  }
}
