package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.rhythm.RhythmException;
import dev.sandpiper.edge.schedule.Kind;
import dev.sandpiper.edge.schedule.Schedule;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.schedule.WhenReader;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.util.Optional;

/// Plans what a person asked for in a question, as `/remind` and `/schedule` would.
///
/// @param desk what commands work with
public record Plans(Desk desk, Schedules schedules) {

  /// A plan, or why there is none.
  ///
  /// @param done whether it can be made
  /// @param told what to tell the person, or the reason
  public record Planned(boolean done, String told, Turn.Effects effects) {}

  /// Plans it for whoever spoke, in their chat.
  ///
  /// @param when nothing but a time; it is never part of the text
  /// @param asks whether the text is a question to be answered, rather than said
  public Planned plan(Spoken spoken, String when, boolean asks, String text) {
    Voice voice = desk.voice(spoken);
    Spoken.Run run = spoken.run();
    if (run != null) {
      return not(voice.say("command.plan.by-schedule", run.schedule()));
    }
    String name = asks ? "schedule" : "remind";
    Optional<WhenReader.When> read;
    try {
      read = WhenReader.read(when, desk.clock().instant().atZone(desk.zone()));
    } catch (RhythmException e) {
      return not(voice.say("command.plan.bad-cron", String.valueOf(e.getMessage())));
    }
    // A question is asked as a message is: one that begins with a slash would be a command.
    if (read.isEmpty() || !read.get().rest().isBlank() || text.startsWith("/")) {
      return not(voice.say("command." + name + ".unclear"));
    }
    Schedule.Plan plan =
        new Schedule.Plan(read.get().rhythm(), desk.zone(), asks ? Kind.ASK : Kind.SAY, text)
            .madeBy(Schedule.MODEL);
    return schedules
        .check(spoken.person().id(), plan)
        .map(refusal -> not(PlanCommand.refusal(voice, refusal)))
        .orElseGet(() -> {
          Turn turn = new PlanCommand(desk, schedules, name).add(spoken, voice, plan);
          String told = ((Outgoing.Text) turn.answers().getFirst()).markdown();
          return new Planned(true, told, turn.effects());
        });
  }

  private static Planned not(String why) {
    return new Planned(false, why, _ -> {});
  }
}
