package dev.sandpiper.edge.ledger;

import dev.sandpiper.edge.store.Tx;

/// What the owners must be told of money.
public sealed interface Alarm {

  /// Most of a budget is spent.
  ///
  /// @param whose of a budget that each person or workflow has: which; empty: it has one
  /// @param limit all of it, in millionths of a dollar
  /// @param spent what is spent of it
  record Nearly(String budget, Period period, String whose, long limit, long spent)
      implements Alarm {}

  /// A purchase was refused for the first time in this period.
  ///
  /// @param whose as above
  record UsedUp(Refusal.UsedUp refusal, String whose) implements Alarm {}

  /// Something was not bought because nobody knows what it costs.
  record Unpriced(Refusal.UnknownPrice refusal) implements Alarm {}

  /// A workflow was stopped: it looked as if it had run away.
  record Paused(Refusal.Paused refusal) implements Alarm {}

  /// Within one question a model asked for the same again and again, and was stopped.
  ///
  /// @param workflow what the question was for
  /// @param tool the tool that it asked for
  record Looping(String workflow, String tool) implements Alarm {

    /// In English, for one who has no words of his own for it.
    public String words() {
      return "While it worked for \"%s\", a model asked for the tool %s in the same way again and again. It was stopped, and answered with what it had. If that comes often, use another model there."
          .formatted(workflow, tool);
    }
  }

  /// Tells them.
  interface Bell {
    /// Nobody is told.
    Bell NONE = (_, _) -> {};

    /// Tells the owners in the transaction that makes it true: once, even over a kill.
    void ring(Tx tx, Alarm alarm);
  }
}
