package dev.sandpiper.edge.queue;

import java.util.Locale;

/// Whether a document may come in now.
public sealed interface Admission {

  /// It may.
  record Admitted() implements Admission {}

  /// Too many jobs have not ended.
  record QueueFull(int limit) implements Refused {
    @Override
    public String message() {
      return "The queue is full: "
          + limit
          + " jobs are waiting. Try again when some are done (`sandpiper jobs`), or raise"
          + " queue.depth.";
    }
  }

  /// The disk would be fuller than allowed.
  record DiskFull(long freeBytes, long neededBytes, long reserveBytes) implements Refused {
    @Override
    public String message() {
      return String.format(
          Locale.ROOT,
          "The disk is too full: %d MiB are free, the document needs %d MiB and %d MiB stay in"
              + " reserve. Free some space, delete documents, or lower store.disk_reserve.",
          freeBytes >> 20,
          (neededBytes + (1 << 20) - 1) >> 20,
          reserveBytes >> 20);
    }
  }

  /// It may not.
  sealed interface Refused extends Admission {

    /// Why, and what to do next.
    String message();
  }
}
