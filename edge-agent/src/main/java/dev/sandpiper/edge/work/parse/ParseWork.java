package dev.sandpiper.edge.work.parse;

import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.burst.BurstAnswer;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.event.EventLog;
import dev.sandpiper.edge.health.DiskFailure;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.IndexedResult;
import dev.sandpiper.edge.library.Library;
import dev.sandpiper.edge.library.ParsedResult;
import dev.sandpiper.edge.queue.Disposition;
import dev.sandpiper.edge.queue.FailureKind;
import dev.sandpiper.edge.queue.Job;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.JobWatch;
import dev.sandpiper.edge.queue.Lease;
import dev.sandpiper.edge.queue.NewJob;
import dev.sandpiper.edge.store.Blob;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.store.Work;
import dev.sandpiper.edge.work.JobWork;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Parses documents: whole, in parts, and joined again.
///
/// A `parse` job whose backend answers [ParseReply.Split] waits for one `part` job per range; the
/// last of them makes it ready again, and it then joins their results.
public final class ParseWork implements JobWork {

  private static final Set<Output> EVERYTHING =
      Set.of(Output.MARKDOWN, Output.BLOCKS, Output.CHUNKS);

  /// Where jobs, documents and results are kept.
  public record Shelves(
      Database database, BlobStore blobs, JobQueue queue, Library library, EventLog events) {}

  private final Shelves shelves;
  private final BurstBackend backend;
  private final Limits limits;
  private final Supplier<SplitPolicy> split;
  private final Journal journal;

  /// @param split when splitting a document pays now
  public ParseWork(
      Shelves shelves,
      BurstBackend backend,
      Limits limits,
      Supplier<SplitPolicy> split,
      Journal journal) {
    this.shelves = shelves;
    this.backend = backend;
    this.limits = limits;
    this.split = split;
    this.journal = journal;
    shelves
        .queue()
        .watch(
            new JobWatch() {
              @Override
              public void abandoned(Tx tx, Job job, String reason) {
                if (kinds().contains(job.kind())) {
                  park(tx, job, reason);
                }
              }
            });
  }

  /// Else its document would be pending for ever, and whoever sent it wait for ever.
  private void park(Tx tx, Job job, String reason) {
    shelves.library().storeParked(tx, job.subject(), reason);
    tell(tx, job, "parked");
  }

  @Override
  public Set<String> kinds() {
    return Set.of(ParseJobs.PARSE, ParseJobs.PART);
  }

  @Override
  public void run(Lease lease) throws InterruptedException {
    Optional<DocumentInfo> document = shelves.library().find(lease.job().subject());
    if (document.isEmpty()) {
      // Deleted while the job waited: there is nothing left to do.
      write(lease, tx -> shelves.queue().finish(tx, lease, ParseJobs.rejected("deleted")));
      return;
    }
    BurstAnswer answer = backend.run(task(lease, document.get()));
    try {
      settle(lease, answer);
    } finally {
      // Also when it could not be stored: the next attempt begins with the document itself.
      answer.settled().run();
    }
  }

  @Override
  public void failed(Lease lease, String reason) {
    retry(lease, FailureKind.TRANSIENT, reason);
  }

  private BurstTask task(Lease lease, DocumentInfo document) {
    Job job = lease.job();
    String requestId = requestId(lease);
    BurstTask.DocumentFile file =
        new BurstTask.DocumentFile(
            document.name(),
            document.sha256(),
            document.size(),
            document.mediaType(),
            shelves.blobs().path(document.sha256()));
    if (job.kind().equals(ParseJobs.PART)) {
      return new BurstTask.Parse(
          requestId,
          file,
          ParseJobs.pages(job.payload()),
          Set.of(Output.PAGES),
          SplitPolicy.NONE,
          limits);
    }
    List<Path> parts = partResults(job).stream().map(shelves.blobs()::path).toList();
    return parts.isEmpty()
        ? new BurstTask.Parse(requestId, file, null, EVERYTHING, split.get(), limits)
        : new BurstTask.Join(requestId, file, parts, limits);
  }

  /// Of one attempt: no other one, and so no other result, ever has the same.
  private static String requestId(Lease lease) {
    return "job-" + lease.job().id() + "-" + lease.token();
  }

  /// Result blobs of a split job's parts, in page order; empty when it was not split.
  private List<String> partResults(Job job) {
    return shelves.database().read(tx -> shelves.queue().parts(tx, job.id())).stream()
        .map(part -> ParseJobs.result(part.outcome()))
        .toList();
  }

  private void settle(Lease lease, BurstAnswer answer) throws InterruptedException {
    switch (answer.reply()) {
      case ParseReply.Parsed reply ->
          parsed(
              lease,
              reply,
              Objects.requireNonNull(answer.result(), "a parsed answer has a result"));
      case ParseReply.Split reply -> split(lease, reply);
      case ParseReply.Rejected reply -> rejected(lease, reply);
      case ParseReply.Failed reply -> failed(lease, reply);
    }
  }

  private void parsed(Lease lease, ParseReply.Parsed reply, Path result)
      throws InterruptedException {
    Blob blob;
    try {
      blob = shelves.blobs().adopt(result, lease.job().subject() + " " + requestId(lease));
    } catch (ClosedByInterruptException _) {
      throw new InterruptedException("interrupted while a result was stored");
    } catch (IOException e) {
      String reason = "The result could not be stored: " + DiskFailure.words(e) + ".";
      retry(lease, FailureKind.TRANSIENT, reason);
      return;
    } finally {
      dropUnstored(result);
    }
    boolean mine =
        lease.job().kind().equals(ParseJobs.PART)
            ? write(lease, tx -> shelves.queue().finish(tx, lease, ParseJobs.parsed(blob.sha256())))
            : takeIn(lease, new ParsedResult(reply, blob.sha256(), blob.size()));
    if (!mine) {
      // Its document may have been deleted meanwhile, and then nothing of it may stay.
      discard(blob.sha256());
    }
  }

  /// What could not be stored would lie beside the workers until the agent stops.
  private void dropUnstored(Path result) {
    try {
      Files.deleteIfExists(result);
    } catch (IOException e) {
      journal.warn("result-left", "file", result, "reason", DiskFailure.words(e));
    }
  }

  private boolean takeIn(Lease lease, ParsedResult result) {
    Job job = lease.job();
    List<String> parts = partResults(job);
    Optional<IndexedResult> indexed =
        shelves.library().index(job.subject(), result, tx -> shelves.queue().holds(tx, lease));
    if (indexed.isEmpty()) {
      late(lease);
      return false;
    }
    boolean taken =
        write(
            lease,
            tx -> {
              boolean mine = shelves.queue().finish(tx, lease, ParseJobs.parsed(result.sha256()));
              if (mine) {
                shelves.library().storeParsed(tx, job.subject(), indexed.get());
                tell(tx, job, "parsed");
              }
              return mine;
            });
    if (taken) {
      parts.forEach(this::discard);
    }
    return taken;
  }

  /// A late result is worthless, and so is a part's once the whole is stored; one that cannot be
  /// deleted now is swept at the next start.
  private void discard(String blob) {
    try {
      shelves.blobs().delete(blob);
    } catch (IOException e) {
      journal.warn("blob-left", "blob", blob, "reason", DiskFailure.words(e));
    }
  }

  private void split(Lease lease, ParseReply.Split reply) {
    Job job = lease.job();
    journal.info(
        "document-split",
        "job",
        job.id(),
        "pages",
        reply.pageCount(),
        "parts",
        reply.ranges().size(),
        "reason",
        reply.reason());
    List<NewJob> parts =
        reply.ranges().stream()
            .map(range -> ParseJobs.part(job.priority(), job.subject(), range, reply.reason()))
            .toList();
    write(
        lease,
        tx -> {
          boolean mine = shelves.queue().split(tx, lease, parts);
          if (mine) {
            tell(tx, job, "split");
          }
          return mine;
        });
  }

  private void rejected(Lease lease, ParseReply.Rejected reply) {
    write(
        lease,
        tx -> {
          boolean mine =
              shelves.queue().finishWhole(tx, lease, ParseJobs.rejected(reply.code().wire()));
          if (mine) {
            shelves
                .library()
                .storeFailed(tx, lease.job().subject(), reply.code().wire(), reply.message());
            tell(tx, lease.job(), "failed");
          }
          return mine;
        });
  }

  private void failed(Lease lease, ParseReply.Failed reply) {
    retry(lease, kind(reply.code()), reply.code().wire() + ": " + reply.message());
  }

  private static FailureKind kind(FailCode code) {
    return switch (code) {
      case DEADLINE, OUT_OF_MEMORY, CRASHED -> FailureKind.WORKER_KILLED;
      case SOURCE_UNAVAILABLE, RESULT_UNAVAILABLE, THROTTLED, INTERNAL, UNKNOWN ->
          FailureKind.TRANSIENT;
    };
  }

  private void retry(Lease lease, FailureKind kind, String reason) {
    write(
        lease,
        tx -> {
          Disposition disposition = shelves.queue().retry(tx, lease, kind, reason, null);
          if (disposition == Disposition.PARKED) {
            park(tx, lease.job(), reason);
          }
          return disposition != Disposition.STALE;
        });
    journal.warn(
        "job-failed", "job", lease.job().id(), "document", lease.job().subject(), "reason", reason);
  }

  /// Once the transaction is on the disk, whoever listens hears of it.
  private void tell(Tx tx, Job job, String outcome) {
    String event = "{\"document\":\"" + job.subject() + "\",\"job\":" + job.id() + "}";
    tx.afterCommit(() -> shelves.events().publish(outcome, event));
  }

  /// @return false when the lease was stale
  private boolean write(Lease lease, Work<Boolean> work) {
    boolean mine = shelves.database().write(work);
    if (!mine) {
      late(lease);
    }
    return mine;
  }

  private void late(Lease lease) {
    journal.info("late-result", "job", lease.job().id(), "attempt", lease.job().attempts());
  }
}
