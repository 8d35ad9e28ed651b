package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.queue.Job;
import dev.sandpiper.edge.queue.JobState;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.util.ArrayList;
import java.util.List;

/// `/jobs`: what is being done, what waits, and what is stuck.
record JobsCommand(Desk desk, JobBook book) implements Command {
  private static final int SHOWN = 10;
  private static final int WITH_BUTTONS = 2;

  @Override
  public String name() {
    return "jobs";
  }

  @Override
  public Role least() {
    return Role.GUEST;
  }

  @Override
  public Turn run(Spoken spoken, String words, LiveReply live) {
    Voice voice = desk.voice(spoken);
    List<Job> parked = book.list(spoken.person(), JobState.PARKED);
    List<Job> open = new ArrayList<>(book.list(spoken.person(), JobState.RUNNING));
    open.addAll(book.list(spoken.person(), JobState.WAITING));
    open.addAll(book.list(spoken.person(), JobState.READY));
    if (parked.isEmpty() && open.isEmpty()) {
      return Turn.say(voice.say("command.jobs.none"));
    }
    StringBuilder text = new StringBuilder();
    section(text, voice, "command.jobs.parked", parked);
    section(text, voice, "command.jobs.open", open);
    return new Turn(
        List.of(new Outgoing.Text(text.toString(), buttons(voice, parked), null)), _ -> {});
  }

  private void section(StringBuilder text, Voice voice, String heading, List<Job> jobs) {
    if (jobs.isEmpty()) {
      return;
    }
    text.append(text.isEmpty() ? "" : "\n\n").append(voice.say(heading, jobs.size())).append('\n');
    jobs.stream().limit(SHOWN).forEach(job -> text.append("\n- ").append(book.line(voice, job)));
    if (jobs.size() > SHOWN) {
      text.append("\n- …");
    }
  }

  /// Retry and cancel for a stuck job.
  static List<Button> buttons(Voice voice, List<Job> parked) {
    List<Button> buttons = new ArrayList<>();
    for (Job job : parked.subList(0, Math.min(WITH_BUTTONS, parked.size()))) {
      String id = Long.toString(job.id());
      buttons.add(new Button(voice.say("command.jobs.retry", id), "/retry " + id));
      buttons.add(new Button(voice.say("command.jobs.cancel", id), "/cancel " + id));
    }
    return buttons;
  }
}
