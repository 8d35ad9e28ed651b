package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.intake.JobControl;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.queue.Job;
import dev.sandpiper.edge.queue.JobFilter;
import dev.sandpiper.edge.queue.JobState;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Voice;
import java.util.List;
import java.util.Optional;

/// The jobs a person sees: those of documents they see; an owner sees the rest, too, but for what
/// only waits for its time.
///
/// @param control what they can do to one
record JobBook(Desk desk, JobControl control) {
  private static final int LOOKED_AT = 200;
  private static final int LONGEST_NUMBER = 18;

  /// Jobs that stand so, newest first.
  List<Job> list(Person person, JobState state) {
    return control.queue().view().list(JobFilter.in(state, LOOKED_AT)).stream()
        .filter(job -> sees(person, job))
        .toList();
  }

  /// The job with this number.
  Optional<Job> find(Person person, String number) {
    String digits = number.startsWith("#") ? number.substring(1) : number;
    if (digits.isEmpty()
        || digits.length() > LONGEST_NUMBER
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    return control.queue().view().find(Long.parseLong(digits)).filter(job -> sees(person, job));
  }

  private boolean sees(Person person, Job job) {
    Optional<DocumentInfo> document = document(job);
    return document.isPresent()
        ? desk.sees(person, document.get().sha256())
        : person.role() == Role.OWNER && job.state() == JobState.PARKED;
  }

  private Optional<DocumentInfo> document(Job job) {
    return BlobStore.isSha256(job.subject())
        ? desk.library().find(job.subject())
        : Optional.empty();
  }

  /// What a job is about.
  String what(Voice voice, Job job) {
    return document(job)
        .map(document -> Markdown.name(document.name()))
        .orElseGet(() -> voice.say("command.jobs.other", Markdown.name(job.kind())));
  }

  /// A job in one line.
  String line(Voice voice, Job job) {
    String state =
        switch (job.state()) {
          case READY -> job.attempts() > 0 ? voice.say("command.jobs.again", job.attempts()) : "";
          case RUNNING, WAITING -> voice.say("command.jobs.running");
          case PARKED -> job.reason() == null ? "" : Markdown.plain(job.reason(), 200);
          case DONE, CANCELLED -> "";
        };
    String name = "**" + job.id() + "** " + what(voice, job);
    return state.isEmpty() ? name : name + ": " + state;
  }
}
