package dev.sandpiper.edge.llm;

import java.util.List;

/// One message of a conversation with a model.
public sealed interface ChatMessage {

  /// What the person, or the agent for them, says.
  record User(String text) implements ChatMessage {}

  /// What the model said, and which tools it called.
  record Assistant(String text, List<ToolCall> calls) implements ChatMessage {
    public Assistant {
      calls = List.copyOf(calls);
    }
  }

  /// What a tool answered.
  ///
  /// @param callId the call's id
  /// @param error whether the tool refused or failed
  record ToolResult(String callId, String tool, String text, boolean error)
      implements ChatMessage {}
}
