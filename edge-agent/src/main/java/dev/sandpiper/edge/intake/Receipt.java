package dev.sandpiper.edge.intake;

import dev.sandpiper.edge.library.DocumentInfo;

/// What became of a document at the door. Everything but `Refused` is on the disk.
public sealed interface Receipt {

  /// New: it will be parsed.
  record Queued(DocumentInfo document, long jobId) implements Receipt {}

  /// The same bytes are parsed already.
  record Known(DocumentInfo document) implements Receipt {}

  /// The same bytes are waiting or in work.
  record AlreadyQueued(DocumentInfo document) implements Receipt {}

  /// The same bytes have failed for good, or are parked.
  record FailedBefore(DocumentInfo document, String reason) implements Receipt {}

  /// Not accepted; nothing of it is kept.
  record Refused(Why why, String message) implements Receipt {}

  /// Why a document is refused.
  enum Why {
    QUEUE_FULL,
    DISK_FULL,
    TOO_LARGE
  }
}
