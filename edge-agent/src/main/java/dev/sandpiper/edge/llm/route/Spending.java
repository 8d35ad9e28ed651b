package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Purpose;
import org.jspecify.annotations.Nullable;

/// Is asked before every call of a model, and told after it. Safe for use by several threads.
public interface Spending {

  /// Sets money aside for a call.
  ///
  /// @throws ModelException OVER_BUDGET when there is none for it
  Reservation reserve(Plan plan) throws ModelException;

  /// A call that is about to be made.
  ///
  /// @param model the owner's name of the model
  /// @param inputTokens how much goes in, estimated
  /// @param outputTokens how much may come out
  /// @param micros what that may cost in millionths of a dollar; `null`: unknown
  /// @param shadow whether nobody sees the answer
  /// @param content a hash of what is asked, whichever model answers and whatever was said before
  record Plan(
      Purpose purpose,
      String model,
      long inputTokens,
      long outputTokens,
      @Nullable Long micros,
      boolean shadow,
      String content) {}

  /// Money set aside.
  interface Reservation {

    /// The call is over, one way or another: what it took is taken, the rest is free again.
    ///
    /// @return the call's number in the log; 0 when it could not be written down
    long settle(Call call);
  }
}
