package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.queue.Job;
import dev.sandpiper.edge.queue.JobState;
import dev.sandpiper.edge.view.JobOutcome;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A job for a person: its document, how it stands and why, and what to do next.
///
/// @param document `null` when it was deleted
record JobSheet(Job job, @Nullable DocumentInfo document, List<Job> parts) {

  private static final int ID = 12;

  static JobSheet of(Workshop.ReadingRoom room, Job job) {
    return new JobSheet(
        job, room.library().find(job.subject()).orElse(null), room.jobs().parts(job.id()));
  }

  /// The document's name; of a deleted one not even the id is kept.
  String name() {
    if (document != null) {
      return document.name();
    }
    return job.subject().isEmpty() ? "(deleted)" : shortId() + " (deleted)";
  }

  private @Nullable String shortId() {
    return job.subject().isEmpty() ? null : job.subject().substring(0, ID);
  }

  String state() {
    return job.state().name().toLowerCase(Locale.ROOT);
  }

  /// `parsed`, `refused`, or `–` while it has not ended.
  String outcome() {
    return JobOutcome.of(job).map(JobOutcome::state).orElse("–");
  }

  /// Why it is not, or not yet, a parsed document.
  @Nullable String reason() {
    Optional<JobOutcome> outcome = JobOutcome.of(job).filter(JobOutcome::refused);
    if (outcome.isEmpty()) {
      return job.reason();
    }
    String message = document == null ? null : document.message();
    return message == null ? outcome.get().code() : message;
  }

  void print(Console console) {
    new Sheet("Job " + job.id() + ": " + name())
        .line("kind", job.kind())
        .line("state", state())
        .line("outcome", outcome())
        .line("reason", reason())
        .line("code", JobOutcome.of(job).map(JobOutcome::code).orElse(null))
        .line("attempts", attempts())
        .line("parts", partsDone())
        .line("batch", job.batch())
        .line("created", job.created())
        .line("updated", job.updated())
        .line("due", job.state() == JobState.READY ? job.dueAt() : null)
        .line("document", shortId())
        .line("next", next())
        .print(console);
  }

  private String attempts() {
    return job.attempts()
        + (job.kills() > 0 ? ", " + job.kills() + " of them killed their worker" : "")
        + (job.interruptions() > 0 ? ", " + job.interruptions() + " interrupted" : "");
  }

  private @Nullable String partsDone() {
    long done = parts.stream().filter(part -> part.state() == JobState.DONE).count();
    return parts.isEmpty() ? null : done + " of " + parts.size() + " done";
  }

  private String next() {
    String id = shortId();
    return switch (job.state()) {
      case PARKED -> "sandpiper jobs retry " + job.id() + ", once the reason is mended";
      case READY, RUNNING, WAITING ->
          "wait, or stop it with 'sandpiper jobs cancel " + job.id() + "'";
      case CANCELLED -> "submit the document again if it is wanted after all";
      case DONE ->
          document == null
              ? "nothing: the document was deleted"
              : outcome().equals("refused")
                  ? "mend the document and submit it again; what was sent: sandpiper show "
                      + id
                      + " --format source"
                  : "sandpiper show " + id;
    };
  }
}
