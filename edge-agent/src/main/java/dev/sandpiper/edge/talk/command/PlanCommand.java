package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.schedule.Rhythm;
import dev.sandpiper.edge.schedule.Schedule;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.schedule.WhenReader;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `/remind` and `/schedule`: something to be said or asked later, once or again and again. They
/// differ in what they suggest.
///
/// @param name which of them it is
record PlanCommand(Desk desk, Schedules schedules, String name) implements Command {
  private static final int BUTTONS = 5;
  private static final Pattern CANCEL =
      Pattern.compile("(?i)(?:cancel|delete|abbrechen|löschen)\\s+#?(\\d{1,18})");
  private static final Pattern LIST = Pattern.compile("(?i)list|liste");

  /// `ask …`: an answer rather than the words; a command is always done.
  private static final Pattern ASK = Pattern.compile("(?is)(?:ask|frage?)\\s*:?\\s+(\\S.*)");

  @Override
  public Role least() {
    return Role.MEMBER;
  }

  @Override
  public Turn run(Spoken spoken, String words, LiveReply live) {
    Voice voice = desk.voice(spoken);
    if (words.isEmpty() || LIST.matcher(words).matches()) {
      return list(spoken, voice);
    }
    Matcher cancel = CANCEL.matcher(words);
    if (cancel.matches()) {
      return cancel(spoken, voice, Long.parseLong(cancel.group(1)));
    }
    Optional<WhenReader.When> when =
        WhenReader.read(words, desk.clock().instant().atZone(desk.zone()));
    if (when.isEmpty()) {
      return Turn.say(voice.say("command." + name + ".unclear"));
    }
    Schedule.Plan plan = plan(when.get());
    return schedules
        .check(spoken.person().id(), plan)
        .map(refusal ->
            Turn.say(
                voice.say(
                    "command.plan." + refusal.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    limit(refusal))))
        .orElseGet(() -> add(spoken, voice, plan));
  }

  private Schedule.Plan plan(WhenReader.When when) {
    Matcher ask = ASK.matcher(when.rest());
    boolean asks = ask.matches();
    return new Schedule.Plan(
        when.rhythm(),
        desk.zone(),
        asks || when.rest().startsWith("/"),
        asks ? ask.group(1) : when.rest());
  }

  private static long limit(Schedules.Refusal refusal) {
    return switch (refusal) {
      case TOO_LONG -> Schedules.LONGEST;
      case TOO_OFTEN -> Schedules.SHORTEST.toMinutes();
      case TOO_MANY -> Schedules.MOST;
      case EMPTY, PAST, TOO_FAR -> 0;
    };
  }

  private Turn add(Spoken spoken, Voice voice, Schedule.Plan plan) {
    String when = PlanWords.when(voice, plan);
    String text = Markdown.plain(plan.text(), Schedules.LONGEST);
    String next =
        plan.rhythm() instanceof Rhythm.Once
            ? ""
            : plan.rhythm()
                .after(desk.clock().instant(), plan.zone())
                .map(instant -> " " + voice.say("command.plan.next", voice.time(instant)))
                .orElse("");
    String key = plan.asks() ? "command.plan.will-ask" : "command.plan.will-say";
    return new Turn(
        List.of(Outgoing.text(voice.say(key, when, text) + next)),
        tx -> schedules.add(tx, spoken.person().id(), spoken.address(), plan));
  }

  private Turn list(Spoken spoken, Voice voice) {
    List<Schedule> planned = schedules.list(spoken.person().id());
    if (planned.isEmpty()) {
      return Turn.say(
          voice.say("command.plan.none") + " " + voice.say("command." + name + ".unclear"));
    }
    StringBuilder text = new StringBuilder(voice.say("command.plan.list", planned.size()));
    text.append('\n');
    List<Button> buttons = new ArrayList<>();
    for (Schedule schedule : planned.subList(0, Math.min(planned.size(), 20))) {
      String id = Long.toString(schedule.id());
      text.append("\n- **").append(id).append("** ");
      text.append(PlanWords.when(voice, schedule.plan())).append(": ");
      text.append(Markdown.plain(schedule.plan().text(), 100));
      if (buttons.size() < BUTTONS) {
        buttons.add(new Button(voice.say("command.plan.off", id), "/" + name + " cancel " + id));
      }
    }
    text.append(planned.size() > 20 ? "\n- …" : "");
    return new Turn(List.of(new Outgoing.Text(text.toString(), buttons, null)), _ -> {});
  }

  private Turn cancel(Spoken spoken, Voice voice, long id) {
    Optional<Schedule> found =
        schedules.find(id).filter(schedule -> schedule.person() == spoken.person().id());
    String number = Long.toString(id);
    return found
        .map(schedule ->
            new Turn(
                List.of(
                    Outgoing.text(
                        voice.say(
                            "command.plan.cancelled",
                            number,
                            Markdown.plain(schedule.plan().text(), 100)))),
                tx -> schedules.cancel(tx, id)))
        .orElseGet(() -> Turn.say(voice.say("command.plan.unknown", number)));
  }
}
