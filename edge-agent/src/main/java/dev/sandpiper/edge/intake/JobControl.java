package dev.sandpiper.edge.intake;

import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.DocumentState;
import dev.sandpiper.edge.library.Library;
import dev.sandpiper.edge.queue.Job;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;

/// What a person can do to a job, with what that means for its document, in one transaction.
public record JobControl(Database database, Library library, JobQueue queue) {

  /// Code of a document whose job was cancelled; submitting it again starts anew.
  static final String CANCELLED = "cancelled";

  /// Resumes a parked job; false when it is not parked.
  public boolean retry(Job job) {
    return database.write(tx -> retry(tx, job));
  }

  /// Cancels a job; false when it has ended already.
  public boolean cancel(Job job) {
    // A job that is not cancelled in vain has not ended, so its document is still as seen here.
    boolean open = open(job);
    return database.write(tx -> cancel(tx, job, open));
  }

  /// Cancels whatever works on a document, or waits to; false when nothing does.
  public boolean cancel(Tx tx, String sha256) {
    boolean open = library.find(tx, sha256).map(JobControl::isOpen).orElse(false);
    boolean any = false;
    for (Job job : queue.unfinished(tx, sha256)) {
      any |= cancel(tx, job, open);
    }
    return any;
  }

  /// Resumes a document whose job is parked; false when none is.
  public boolean retry(Tx tx, String sha256) {
    boolean any = false;
    for (Job job : queue.unfinished(tx, sha256)) {
      any |= retry(tx, job);
    }
    return any;
  }

  /// Resumes a parked job, in the caller's transaction.
  public boolean retry(Tx tx, Job job) {
    boolean resumed = queue.resume(tx, job.id());
    if (resumed) {
      library.storePending(tx, job.subject());
    }
    return resumed;
  }

  /// Cancels a job that was seen before, in the caller's transaction.
  public boolean cancel(Tx tx, Job job) {
    return cancel(tx, job, open(job));
  }

  private boolean open(Job job) {
    return library.find(job.subject()).map(JobControl::isOpen).orElse(false);
  }

  private boolean cancel(Tx tx, Job job, boolean open) {
    boolean cancelled = queue.cancel(tx, job.id());
    if (cancelled && open) {
      library.storeFailed(
          tx, job.subject(), CANCELLED, "its job was cancelled; submit it again to parse it");
    }
    return cancelled;
  }

  private static boolean isOpen(DocumentInfo document) {
    return document.state() == DocumentState.PENDING || document.state() == DocumentState.PARKED;
  }
}
