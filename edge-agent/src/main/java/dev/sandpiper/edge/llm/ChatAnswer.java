package dev.sandpiper.edge.llm;

import java.util.List;

/// What a model answered.
///
/// @param model the id the provider answered under
public record ChatAnswer(String text, List<ToolCall> calls, Stop stop, Usage usage, String model) {

  public ChatAnswer {
    calls = List.copyOf(calls);
  }

  /// Why it ended.
  public enum Stop {
    /// It had said everything.
    END,
    /// It wants its tools' results.
    TOOLS,
    /// It reached its longest answer.
    LENGTH,
    /// The provider, or the model, would not.
    REFUSED
  }
}
