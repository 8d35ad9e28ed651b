package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.queue.Job;
import dev.sandpiper.edge.queue.JobState;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.util.List;
import java.util.Optional;

/// `/retry` and `/cancel` of a job. A bare `/cancel` never comes here: it acts at once, past the
/// queue.
///
/// @param cancels whether it ends the job rather than resumes it
record RetryCommand(Desk desk, JobBook book, boolean cancels) implements Command {

  @Override
  public String name() {
    return cancels ? "cancel" : "retry";
  }

  @Override
  public Role least() {
    return Role.GUEST;
  }

  @Override
  public Turn run(Spoken spoken, String words, LiveReply live) {
    Voice voice = desk.voice(spoken);
    if (words.isEmpty()) {
      return which(spoken, voice);
    }
    Optional<Job> found = book.find(spoken.person(), words);
    if (found.isEmpty()) {
      return Turn.say(voice.say("command.jobs.unknown", Markdown.plain(words, 40)));
    }
    Job job = found.get();
    String id = Long.toString(job.id());
    String what = book.what(voice, job);
    if (cancels) {
      return job.state().isFinal()
          ? Turn.say(voice.say("command.cancel.ended", id, what))
          : new Turn(
              List.of(Outgoing.text(voice.say("command.cancel.done", id, what))),
              tx -> book.control().cancel(tx, job));
    }
    return job.state() == JobState.PARKED
        ? new Turn(
            List.of(Outgoing.text(voice.say("command.retry.done", id, what))),
            tx -> book.control().retry(tx, job))
        : Turn.say(voice.say("command.retry.not-parked", id, what));
  }

  private Turn which(Spoken spoken, Voice voice) {
    List<Job> parked = book.list(spoken.person(), JobState.PARKED);
    if (parked.isEmpty()) {
      return Turn.say(voice.say("command.retry.none"));
    }
    StringBuilder text = new StringBuilder(voice.say("command.jobs.parked", parked.size()));
    text.append('\n');
    parked.stream().limit(10).forEach(job -> text.append("\n- ").append(book.line(voice, job)));
    return new Turn(
        List.of(new Outgoing.Text(text.toString(), JobsCommand.buttons(voice, parked), null)),
        _ -> {});
  }
}
