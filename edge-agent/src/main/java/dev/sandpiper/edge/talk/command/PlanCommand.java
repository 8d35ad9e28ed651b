package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.rhythm.Rhythm;
import dev.sandpiper.edge.rhythm.RhythmException;
import dev.sandpiper.edge.schedule.Kind;
import dev.sandpiper.edge.schedule.Schedule;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.schedule.WhenReader;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `/remind` and `/schedule`: something to be said, asked or told later, once or again and again.
/// They differ in what they suggest.
///
/// @param name which of them it is
record PlanCommand(Desk desk, Schedules schedules, String name) implements Command {

  /// `ask …`: an answer rather than the words; a command is always done.
  private static final Pattern ASK = Pattern.compile("(?is)(?:ask|frage?)\\s*:?\\s+(\\S.*)");

  private static final Pattern HEARTBEAT =
      Pattern.compile("(?is)(?:heartbeat|watch|wache?)\\s*:?\\s+(\\S.*)");
  private static final Pattern DIGEST = Pattern.compile("(?i)digest|überblick|übersicht");

  @Override
  public Role least() {
    return Role.MEMBER;
  }

  @Override
  public Turn run(Spoken spoken, String words, LiveReply live) {
    Voice voice = desk.voice(spoken);
    PlanBook book = new PlanBook(desk, schedules, name);
    Optional<Turn> done = book.find(spoken, voice, words);
    if (done.isPresent()) {
      return done.get();
    }
    Spoken.Run run = spoken.run();
    if (run != null) {
      return Turn.say(voice.say("command.plan.by-schedule", run.schedule()));
    }
    Optional<WhenReader.When> when;
    try {
      when = WhenReader.read(words, desk.clock().instant().atZone(desk.zone()));
    } catch (RhythmException e) {
      return Turn.say(
          voice.say("command.plan.bad-cron", Markdown.plain(String.valueOf(e.getMessage()), 500)));
    }
    if (when.isEmpty()) {
      return Turn.say(voice.say("command." + name + ".unclear"));
    }
    Schedule.Plan plan = plan(when.get());
    return schedules
        .check(spoken.person().id(), plan)
        .map(refusal -> Turn.say(refusal(voice, refusal)))
        .orElseGet(() -> add(spoken, voice, plan));
  }

  private Schedule.Plan plan(WhenReader.When when) {
    Matcher ask = ASK.matcher(when.rest());
    Matcher heartbeat = HEARTBEAT.matcher(when.rest());
    if (DIGEST.matcher(when.rest()).matches()) {
      return new Schedule.Plan(when.rhythm(), desk.zone(), Kind.DIGEST, "");
    }
    if (heartbeat.matches()) {
      return new Schedule.Plan(when.rhythm(), desk.zone(), Kind.HEARTBEAT, heartbeat.group(1));
    }
    boolean asks = ask.matches();
    return new Schedule.Plan(
        when.rhythm(),
        desk.zone(),
        asks || when.rest().startsWith("/") ? Kind.ASK : Kind.SAY,
        asks ? ask.group(1) : when.rest());
  }

  static String refusal(Voice voice, Schedules.Refusal refusal) {
    return voice.say(
        "command.plan." + refusal.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        limit(refusal));
  }

  private static long limit(Schedules.Refusal refusal) {
    return switch (refusal) {
      case TOO_LONG -> Schedules.LONGEST;
      case TOO_OFTEN -> Schedules.SHORTEST.toMinutes();
      case TOO_MANY -> Schedules.MOST;
      case EMPTY, PAST, TOO_FAR -> 0;
    };
  }

  Turn add(Spoken spoken, Voice voice, Schedule.Plan plan) {
    String when = PlanWords.when(voice, plan);
    String text = Markdown.plain(plan.text(), Schedules.LONGEST);
    boolean once =
        plan.timing().rhythm() instanceof Rhythm.Once
            || plan.timing().rhythm() instanceof Rhythm.At;
    String next =
        once
            ? ""
            : plan.timing()
                .first(desk.clock().instant())
                .map(slot -> " " + voice.say("command.plan.next", voice.time(slot.at())))
                .orElse("");
    String key =
        switch (plan.kind()) {
          case SAY -> "command.plan.will-say";
          case ASK -> "command.plan.will-ask";
          case HEARTBEAT -> "command.plan.will-watch";
          case DIGEST -> "command.plan.will-tell";
        };
    return new Turn(
        List.of(Outgoing.text(voice.say(key, when, text) + next)),
        tx -> schedules.add(tx, spoken.person().id(), spoken.address(), plan));
  }
}
