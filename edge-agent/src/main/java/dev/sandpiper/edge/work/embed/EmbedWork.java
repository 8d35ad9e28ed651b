package dev.sandpiper.edge.work.embed;

import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.library.Vectors;
import dev.sandpiper.edge.library.Vectors.Waiting;
import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Models;
import dev.sandpiper.edge.queue.FailureKind;
import dev.sandpiper.edge.queue.Job;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.JobState;
import dev.sandpiper.edge.queue.JobWatch;
import dev.sandpiper.edge.queue.Lease;
import dev.sandpiper.edge.queue.NewJob;
import dev.sandpiper.edge.queue.Priority;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.work.JobWork;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives every passage a vector, a batch at a time. Each batch is kept by itself, so an end in
/// between loses one at most. A job that failed for good is replaced by the next document that is
/// parsed, and at the next start.
public final class EmbedWork implements JobWork {
  /// The kind of its job.
  public static final String EMBED = "embed";

  private static final String SUBJECT = "vectors";
  private static final int BATCH = 32;

  /// Batches of one job; then others get their turn.
  private static final int ROUNDS = 50;

  /// Longest text sent for one vector, in characters.
  private static final int LONGEST = 4_000;

  private final Database database;
  private final JobQueue queue;
  private final Vectors vectors;
  private final Models models;
  private final Journal journal;

  public EmbedWork(
      Database database, JobQueue queue, Vectors vectors, Models models, Journal journal) {
    this.database = database;
    this.queue = queue;
    this.vectors = vectors;
    this.models = models;
    this.journal = journal;
  }

  /// Begins when there is something to do, and whenever one of these jobs has ended.
  ///
  /// @param documents kinds of job after which there may be new passages
  public void start(Set<String> documents) {
    queue.watch(
        new JobWatch() {
          @Override
          public void ended(Tx tx, Job job, JobState state, @Nullable String reason) {
            if (state == JobState.DONE && documents.contains(job.kind())) {
              plan(tx);
            }
          }
        });
    Optional<EmbeddingModel> model = models.findEmbedding();
    if (model.isPresent() && vectors.next(model.get().name(), 1).isPresent()) {
      database.<@Nullable Void>write(tx -> {
        plan(tx);
        return null;
      });
    }
  }

  /// One job is enough: it goes on until nothing is missing.
  private void plan(Tx tx) {
    if (models.findEmbedding().isEmpty()) {
      return;
    }
    Optional<Long> last = tx.queryOne("SELECT job FROM vector_job", row -> row.number(1));
    boolean open =
        last.isPresent()
            && tx.queryOne(
                    "SELECT 1 FROM jobs WHERE id=? AND kind=? AND state IN ('READY', 'RUNNING')",
                    row -> row.number(1),
                    last.get(),
                    EMBED)
                .isPresent();
    if (!open) {
      last.ifPresent(id -> queue.cancel(tx, id));
      enqueue(tx);
    }
  }

  private void enqueue(Tx tx) {
    long job = queue.enqueue(tx, NewJob.of(EMBED, Priority.BULK, SUBJECT, "{}"));
    tx.update("DELETE FROM vector_job");
    tx.insert("INSERT INTO vector_job (job) VALUES (?)", job);
  }

  @Override
  public Set<String> kinds() {
    return Set.of(EMBED);
  }

  @Override
  public void run(Lease lease) throws InterruptedException {
    Optional<EmbeddingModel> model = models.findEmbedding();
    if (model.isEmpty()) {
      finish(lease, "off", null);
      return;
    }
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Optional<Waiting> waiting = vectors.next(model.get().name(), BATCH);
        if (waiting.isEmpty() || !embed(lease, model.get(), waiting.get())) {
          break;
        }
      }
      finish(lease, "embedded", model.get().name());
    } catch (ModelException e) {
      failed(lease, e);
    }
  }

  /// @return false when the lease is stale
  private boolean embed(Lease lease, EmbeddingModel model, Waiting waiting)
      throws ModelException, InterruptedException {
    List<String> texts = waiting.pieces().stream().map(piece -> shortened(piece.text())).toList();
    List<float[]> made = texts.isEmpty() ? List.of() : model.embed(texts).vectors();
    if (made.size() != texts.size()) {
      throw new ModelException(
          ModelException.Kind.SERVER,
          "The embedding model "
              + model.name()
              + " answered "
              + made.size()
              + " vectors for "
              + texts.size()
              + " texts.",
          null);
    }
    return database.<Boolean>writeLazily(tx -> {
      boolean mine = queue.holds(tx, lease);
      if (mine) {
        vectors.store(tx, model.name(), waiting, made);
      }
      return mine;
    });
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST));
  }

  /// What came in meanwhile is left to another job, decided where the watch decides, so that
  /// neither leaves it to the other.
  private void finish(Lease lease, String state, @Nullable String model) {
    database.<@Nullable Void>write(tx -> {
      boolean mine = queue.finish(tx, lease, "{\"state\":\"" + state + "\"}");
      if (mine && model != null && vectors.next(tx, model, 1).isPresent()) {
        enqueue(tx);
      }
      return null;
    });
  }

  private void failed(Lease lease, ModelException e) {
    String reason = String.valueOf(e.getMessage());
    boolean passes =
        switch (e.kind()) {
          case UNREACHABLE, TIMEOUT, SERVER, RATE_LIMITED -> true;
          case NO_CREDIT, UNAUTHORIZED, UNKNOWN_MODEL, TOO_LONG, BAD_REQUEST, FORBIDDEN -> false;
          case OVER_BUDGET -> e.retryAfter() != null; // there is money again tomorrow
        };
    database.<@Nullable Void>write(tx -> {
      if (passes) {
        queue.retry(tx, lease, FailureKind.TRANSIENT, reason, e.retryAfter());
      } else {
        queue.park(tx, lease, reason);
      }
      return null;
    });
    journal.warn("embedding-failed", "job", lease.job().id(), "reason", reason);
  }

  @Override
  public void failed(Lease lease, String reason) {
    database.<@Nullable Void>write(tx -> {
      queue.retry(tx, lease, FailureKind.TRANSIENT, reason, null);
      return null;
    });
  }
}
