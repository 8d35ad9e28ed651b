package dev.sandpiper.edge.ask;

/// Hears of models that go round in circles.
@FunctionalInterface
public interface Loops {

  /// Nobody hears of it.
  Loops NONE = (_, _) -> {};

  /// A model was stopped, which asked for a tool again and again within one question.
  ///
  /// @param workflow what the question was for
  void looped(String workflow, String tool);
}
