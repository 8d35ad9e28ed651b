package dev.sandpiper.edge.llm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model is asked.
///
/// @param system its instructions; empty: none
/// @param messages begins with a [ChatMessage.User]; every tool call has its result
/// @param tools what it may call; empty: nothing
public record ChatRequest(
    String system, List<ChatMessage> messages, List<ToolSpec> tools, Sampling sampling) {

  public ChatRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }

  /// How it answers.
  ///
  /// @param maxTokens longest answer
  /// @param temperature 0 to 2; `null` leaves it to the model
  public record Sampling(int maxTokens, @Nullable Double temperature) {

    /// The same question gets the same answer, as far as the model can.
    public static Sampling steady(int maxTokens) {
      return new Sampling(maxTokens, 0.0);
    }
  }

  /// A question without tools.
  public static ChatRequest of(String system, String question, Sampling sampling) {
    return new ChatRequest(system, List.of(new ChatMessage.User(question)), List.of(), sampling);
  }
}
