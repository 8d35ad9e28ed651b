package dev.sandpiper.edge.work.remind;

import dev.sandpiper.edge.schedule.Firing;
import dev.sandpiper.edge.talk.Voice;

/// Says how late something is.
final class LateNote {

  private LateNote() {}

  /// Empty when it is not late.
  static String of(Voice voice, Firing firing) {
    if (firing.outcome() != Firing.Outcome.CAUGHT_UP) {
      return "";
    }
    long minutes = firing.late().toMinutes();
    String late =
        minutes < 120
            ? voice.say("command.plan.late.minutes", minutes)
            : minutes < 2 * 24 * 60
                ? voice.say("command.plan.late.hours", minutes / 60)
                : voice.say("command.plan.late.days", minutes / (24 * 60));
    return voice.say("command.plan.late", voice.time(firing.slot().at()), late);
  }
}
