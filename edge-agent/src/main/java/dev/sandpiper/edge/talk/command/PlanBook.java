package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.rhythm.Rhythm;
import dev.sandpiper.edge.schedule.Firing;
import dev.sandpiper.edge.schedule.Kind;
import dev.sandpiper.edge.schedule.Schedule;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What somebody has planned: the list of it, and what is done to one of them.
///
/// @param name the command that lists them
record PlanBook(Desk desk, Schedules schedules, String name) {
  private static final int BUTTONS = 5;
  private static final int SHOWN = 20;
  private static final int LONGEST = 100;
  private static final Pattern LIST = Pattern.compile("(?i)list|liste");
  private static final Pattern ONE =
      Pattern.compile("(?i)(\\p{L}+)\\s+#?([0-9]{1,18}|[a-z][a-z0-9_-]{0,31})");

  /// What can be done to one.
  private enum Action {
    CANCEL,
    PAUSE,
    RESUME,
    RUN
  }

  private static final Map<String, Action> ACTIONS =
      Map.ofEntries(
          Map.entry("cancel", Action.CANCEL),
          Map.entry("delete", Action.CANCEL),
          Map.entry("abbrechen", Action.CANCEL),
          Map.entry("löschen", Action.CANCEL),
          Map.entry("pause", Action.PAUSE),
          Map.entry("pausieren", Action.PAUSE),
          Map.entry("resume", Action.RESUME),
          Map.entry("fortsetzen", Action.RESUME),
          Map.entry("run", Action.RUN),
          Map.entry("ausführen", Action.RUN));

  /// The turn, when the words are about what is planned already.
  Optional<Turn> find(Spoken spoken, Voice voice, String words) {
    if (words.isEmpty() || LIST.matcher(words).matches()) {
      return Optional.of(list(spoken, voice));
    }
    Matcher one = ONE.matcher(words);
    Action action = one.matches() ? ACTIONS.get(one.group(1).toLowerCase(Locale.ROOT)) : null;
    return action == null
        ? Optional.empty()
        : Optional.of(act(spoken, voice, action, one.group(2)));
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
    for (Schedule schedule : planned.subList(0, Math.min(planned.size(), SHOWN))) {
      text.append("\n- ").append(line(voice, schedule));
      if (buttons.size() < BUTTONS && !schedule.isFile()) {
        buttons.add(
            new Button(
                voice.say("command.plan.off", schedule.name()),
                "/" + name + " cancel " + schedule.name()));
      }
    }
    text.append(planned.size() > SHOWN ? "\n- …" : "");
    return new Turn(List.of(new Outgoing.Text(text.toString(), buttons, null)), _ -> {});
  }

  private String line(Voice voice, Schedule schedule) {
    StringBuilder line = new StringBuilder("**" + schedule.name() + "** ");
    line.append(PlanWords.when(voice, schedule.plan())).append(": ");
    line.append(PlanWords.what(voice, schedule.plan(), LONGEST));
    if (schedule.standing().paused()) {
      line.append(" (").append(voice.say("command.plan.paused-mark")).append(')');
    } else if (!isOnce(schedule)) {
      line.append(' ').append(voice.say("command.plan.next", voice.time(schedule.next())));
    }
    List<Firing> last = schedules.history(schedule.name(), 1);
    if (!last.isEmpty()) {
      line.append("; ").append(outcome(voice, last.getFirst()));
    }
    return line.toString();
  }

  private static boolean isOnce(Schedule schedule) {
    Rhythm rhythm = schedule.plan().timing().rhythm();
    return rhythm instanceof Rhythm.Once || rhythm instanceof Rhythm.At;
  }

  private static String outcome(Voice voice, Firing firing) {
    String key = firing.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String reason = firing.reason() == null ? "" : ": " + Markdown.plain(firing.reason(), LONGEST);
    return voice.say("command.plan.last." + key, voice.time(firing.slot().at()), firing.times())
        + reason;
  }

  private Turn act(Spoken spoken, Voice voice, Action action, String key) {
    Optional<Schedule> found =
        schedules
            .find(key.toLowerCase(Locale.ROOT))
            .filter(schedule -> schedule.owner().person() == spoken.person().id());
    return found
        .map(schedule -> act(spoken, voice, action, schedule))
        .orElseGet(() -> Turn.say(voice.say("command.plan.unknown", Markdown.plain(key, 40))));
  }

  private Turn act(Spoken spoken, Voice voice, Action action, Schedule schedule) {
    long id = schedule.id();
    Spoken.Run run = spoken.run();
    if (run != null) {
      return Turn.say(voice.say("command.plan.by-schedule", run.schedule()));
    }
    boolean paused = schedule.standing().paused();
    return switch (action) {
      case CANCEL ->
          schedule.isFile()
              ? Turn.say(voice.say("command.plan.in-file", schedule.name()))
              : turn(voice, "cancelled", schedule, tx -> schedules.cancel(tx, id));
      case PAUSE ->
          paused
              ? turn(voice, "paused-already", schedule, _ -> {})
              : turn(voice, "paused", schedule, tx -> schedules.pause(tx, id));
      case RESUME ->
          paused
              ? turn(voice, "resumed", schedule, tx -> schedules.resume(tx, id))
              : turn(voice, "not-paused", schedule, _ -> {});
      case RUN ->
          // A reminder that comes at once needs no announcement.
          new Turn(
              schedule.plan().kind() == Kind.SAY
                  ? List.of()
                  : List.of(Outgoing.text(words(voice, "runs", schedule))),
              tx -> schedules.runNow(tx, id));
    };
  }

  private static Turn turn(Voice voice, String key, Schedule schedule, Turn.Effects effects) {
    return new Turn(List.of(Outgoing.text(words(voice, key, schedule))), effects);
  }

  private static String words(Voice voice, String key, Schedule schedule) {
    return voice.say(
        "command.plan." + key, schedule.name(), PlanWords.what(voice, schedule.plan(), LONGEST));
  }
}
