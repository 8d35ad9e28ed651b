package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.rhythm.Cron;
import dev.sandpiper.edge.rhythm.Rhythm;
import dev.sandpiper.edge.schedule.Schedule;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Voice;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// When something happens, in words.
final class PlanWords {
  private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  private PlanWords() {}

  static String when(Voice voice, Schedule.Plan plan) {
    return switch (plan.timing().rhythm()) {
      case Rhythm.Once(Instant at) -> once(voice, at);
      case Rhythm.At(LocalDateTime wall) ->
          once(voice, wall.atZone(plan.timing().zone()).toInstant());
      case Rhythm.ByCron(Cron cron) -> voice.say("command.plan.cron", cron.line());
      case Rhythm.Weekly(Set<DayOfWeek> days, LocalTime time) when days.size() == 7 ->
          voice.say("command.plan.daily", time.toString());
      case Rhythm.Weekly(Set<DayOfWeek> days, LocalTime time) when days.equals(WEEKDAYS) ->
          voice.say("command.plan.weekdays", time.toString());
      case Rhythm.Weekly(Set<DayOfWeek> days, LocalTime time) ->
          voice.say(
              "command.plan.weekly",
              days.stream()
                  .sorted()
                  .map(day -> day.getDisplayName(TextStyle.FULL, voice.locale()))
                  .collect(Collectors.joining(", ")),
              time.toString());
      case Rhythm.Every(Duration period, var _) when period.toMinutes() % 1440 == 0 ->
          voice.say("command.plan.every-days", period.toDays());
      case Rhythm.Every(Duration period, var _) when period.toMinutes() % 60 == 0 ->
          voice.say("command.plan.every-hours", period.toHours());
      case Rhythm.Every(Duration period, var _) ->
          voice.say("command.plan.every-minutes", period.toMinutes());
    };
  }

  private static String once(Voice voice, Instant at) {
    return voice.say(
        "command.plan.once",
        at.atZone(voice.zone()).getDayOfWeek().getDisplayName(TextStyle.SHORT, voice.locale()),
        voice.time(at));
  }

  /// What it is about, safe to show.
  static String what(Voice voice, Schedule.Plan plan, int longest) {
    String text = Markdown.plain(plan.text(), longest);
    return switch (plan.kind()) {
      case SAY, ASK -> text;
      case HEARTBEAT -> voice.say("command.plan.heartbeat", text);
      case DIGEST -> voice.say("command.plan.digest");
    };
  }
}
