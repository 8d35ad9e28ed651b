package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;

/// Where reminders and schedules are made; the same place that the commands use.
public interface Acting {

  /// Plans a reminder for whoever spoke, in their chat.
  ///
  /// @param text what of
  /// @param when in their words, such as `tomorrow at 9`
  Plan remind(Spoken spoken, String text, String when);

  /// Plans a question to be asked again and again, for whoever spoke, in their chat.
  ///
  /// @param text the question
  /// @param every in their words, such as `every Monday at 8`
  Plan schedule(Spoken spoken, String text, String every);

  /// What came of it.
  sealed interface Plan {
    /// It can be done.
    ///
    /// @param told what the person is told
    record Ready(String told, Turn.Effects effects) implements Plan {}

    /// It cannot; the reason is for the person.
    record Not(String why) implements Plan {}
  }
}
