package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.burst.BurstStatus;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.llm.Models;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.JobState;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// `/status`: how the agent is.
public record StatusCommand(Desk desk, Sources sources) implements Command {

  /// Where it looks.
  record Sources(
      JobQueue queue,
      Conversations conversations,
      Models models,
      Spending spending,
      Surroundings surroundings) {}

  /// What it cannot see itself.
  ///
  /// @param workers most documents parsed at once
  /// @param burst the way to the cloud
  /// @param checks of every component
  public record Surroundings(
      int workers, Supplier<BurstStatus> burst, Supplier<List<CheckResult>> checks) {}

  @Override
  public String name() {
    return "status";
  }

  @Override
  public Role least() {
    return Role.MEMBER;
  }

  @Override
  public Turn run(Spoken spoken, String words, LiveReply live) {
    Voice voice = desk.voice(spoken);
    List<String> lines = new ArrayList<>();
    lines.addAll(health(voice));
    Map<JobState, Long> jobs = sources.queue().view().counts();
    long planned = sources.queue().view().planned(desk.clock().instant());
    lines.add(
        voice.say(
            "command.status.jobs",
            count(jobs, JobState.RUNNING),
            Math.max(0, count(jobs, JobState.READY) - planned),
            count(jobs, JobState.PARKED),
            sources.surroundings().workers()));
    Conversations.Traffic traffic = sources.conversations().traffic();
    lines.add(voice.say("command.status.messages", traffic.waiting(), traffic.parked()));
    lines.add(
        voice.say("command.status.outbox", traffic.leaving(), traffic.unknown(), traffic.stuck()));
    lines.addAll(models(voice));
    lines.add(cloud(voice));
    return Turn.say(
        lines.getFirst() + "\n\n- " + String.join("\n- ", lines.subList(1, lines.size())));
  }

  private static long count(Map<JobState, Long> jobs, JobState state) {
    return jobs.getOrDefault(state, 0L);
  }

  private List<String> health(Voice voice) {
    List<String> lines = new ArrayList<>();
    for (CheckResult check : sources.surroundings().checks().get()) {
      if (check.status() != CheckResult.Status.OK) {
        lines.add(Markdown.plain(check.name() + ": " + check.detail(), 300));
      }
    }
    lines.addFirst(
        lines.isEmpty()
            ? voice.say("command.status.fine")
            : voice.say("command.status.trouble", lines.size()));
    return lines;
  }

  private List<String> models(Voice voice) {
    List<String> lines = new ArrayList<>();
    for (Models.ModelInfo model : sources.models().list()) {
      lines.add(
          voice.say(
              "command.status.model", Markdown.name(model.name()), Markdown.name(model.state())));
    }
    if (lines.isEmpty()) {
      lines.add(voice.say("command.status.no-model"));
    }
    sources
        .spending()
        .cacheHitRate()
        .ifPresent(rate -> lines.add(voice.say("command.status.cache", voice.percent(rate))));
    return lines;
  }

  private String cloud(Voice voice) {
    BurstStatus status = sources.surroundings().burst().get();
    String state =
        voice.say("command.status.cloud." + status.state().name().toLowerCase(Locale.ROOT));
    String line = voice.say("command.status.cloud", state, status.inFlight());
    return status.reason() == null ? line : line + ": " + Markdown.plain(status.reason(), 200);
  }
}
