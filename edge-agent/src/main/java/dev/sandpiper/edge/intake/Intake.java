package dev.sandpiper.edge.intake;

import dev.sandpiper.edge.event.EventLog;
import dev.sandpiper.edge.library.Arrival;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.Library;
import dev.sandpiper.edge.library.NewArrival;
import dev.sandpiper.edge.queue.Admission;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.NewJob;
import dev.sandpiper.edge.store.Blob;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.BlobTooLargeException;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.StoreException;
import dev.sandpiper.edge.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The one door for documents: bytes to the blob store, then arrival and job in one transaction.
public final class Intake {

  /// The kind of the jobs it makes.
  public static final String PARSE = "parse";

  /// The kind of the jobs such a job may be split into.
  public static final String PART = "part";

  /// Event type of an accepted document.
  public static final String ACCEPTED = "accepted";

  /// What it works with.
  ///
  /// @param maxBytes largest document
  public record Parts(
      Database database,
      BlobStore blobs,
      Library library,
      JobQueue queue,
      EventLog events,
      long maxBytes) {}

  private final Parts parts;

  public Intake(Parts parts) {
    this.parts = parts;
  }

  /// Whether a document of this size would be taken now; a refusal costs the sender no upload.
  ///
  /// @param size announced bytes; 0 or less when unknown
  public Optional<Receipt.Refused> refusal(long size) {
    if (size > parts.maxBytes()) {
      return Optional.of(tooLarge());
    }
    return switch (parts.queue().admit(Math.max(0, size))) {
      case Admission.Admitted _ -> Optional.empty();
      case Admission.QueueFull full ->
          Optional.of(new Receipt.Refused(Receipt.Why.QUEUE_FULL, full.message()));
      case Admission.DiskFull full ->
          Optional.of(new Receipt.Refused(Receipt.Why.DISK_FULL, full.message()));
    };
  }

  /// Takes a document. When this returns anything but `Refused`, it is on the disk.
  ///
  /// @param in the bytes; the caller closes it
  /// @throws IOException when `in` breaks off or the disk fails; nothing is kept then
  public Receipt accept(InputStream in, Submission submission) throws IOException {
    Optional<Receipt.Refused> refusal = refusal(0);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    try {
      Blob blob = parts.blobs().put(in, parts.maxBytes());
      return parts.database().write(tx -> record(tx, blob, submission));
    } catch (BlobTooLargeException _) {
      return tooLarge();
    } catch (StoreException e) {
      if (e.code() == StoreException.Code.DISK_FULL) {
        return new Receipt.Refused(Receipt.Why.DISK_FULL, String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  /// How a document stands that was accepted before.
  public Optional<DocumentInfo> find(String sha256) {
    return parts.library().find(sha256);
  }

  private Receipt record(Tx tx, Blob blob, Submission submission) {
    Arrival arrival =
        parts
            .library()
            .record(
                tx,
                new NewArrival(
                    blob.sha256(),
                    blob.size(),
                    submission.name(),
                    submission.mediaType(),
                    submission.origin(),
                    submission.batch(),
                    submission.tags()));
    DocumentInfo document = arrival.document();
    boolean again = JobControl.CANCELLED.equals(document.code());
    if (again) {
      parts.library().storePending(tx, blob.sha256());
    }
    if (arrival.isNew() || again) {
      long job =
          parts
              .queue()
              .enqueue(
                  tx,
                  new NewJob(
                      PARSE, submission.priority(), blob.sha256(), "{}", submission.batch()));
      String event = "{\"document\":\"" + blob.sha256() + "\",\"job\":" + job + "}";
      tx.afterCommit(() -> parts.events().publish(ACCEPTED, event));
      return new Receipt.Queued(document, job);
    }
    return receipt(document, submission.name());
  }

  /// The receipt of a document that is in the library.
  static Receipt receipt(DocumentInfo document) {
    return receipt(document, document.name());
  }

  private static Receipt receipt(DocumentInfo document, String name) {
    return switch (document.state()) {
      case PENDING -> new Receipt.AlreadyQueued(document);
      case PARSED -> new Receipt.Known(document);
      case FAILED, PARKED -> new Receipt.FailedBefore(document, reason(document, name));
    };
  }

  /// The reason may begin with the name the bytes came with first; this sender knows them as
  /// `name`.
  private static String reason(DocumentInfo document, String name) {
    String message = document.message();
    if (message != null && message.startsWith(document.name() + " ")) {
      message = name + message.substring(document.name().length());
    }
    String code = document.code();
    return (code == null ? "" : code + ": ") + (message == null ? "no reason recorded" : message);
  }

  /// The largest document that is taken.
  public long maxBytes() {
    return parts.maxBytes();
  }

  private Receipt.Refused tooLarge() {
    return new Receipt.Refused(
        Receipt.Why.TOO_LARGE,
        "the document is over limits.document (%d bytes); raise it or send a smaller one"
            .formatted(parts.maxBytes()));
  }
}
