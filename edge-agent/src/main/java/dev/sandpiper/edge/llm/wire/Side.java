package dev.sandpiper.edge.llm.wire;

import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ToolCall;
import java.util.ArrayList;
import java.util.List;

/// Messages as APIs want them that let the two sides speak in turn: what one side says in a row is
/// one message, and nothing empty is said.
public sealed interface Side {

  /// The person's side.
  ///
  /// @param results what tools answered; they come first
  record Ours(List<ChatMessage.ToolResult> results, List<String> texts) implements Side {}

  /// The model's side.
  record Theirs(List<String> texts, List<ToolCall> calls) implements Side {}

  /// The sides in turn.
  static List<Side> of(List<ChatMessage> messages) {
    List<Side> sides = new ArrayList<>();
    for (ChatMessage message : messages) {
      switch (message) {
        case ChatMessage.User(String text) -> say(text, ours(sides).texts());
        case ChatMessage.ToolResult result -> ours(sides).results().add(result);
        case ChatMessage.Assistant(String text, List<ToolCall> calls) -> {
          if (!text.isBlank() || !calls.isEmpty()) {
            Theirs theirs = theirs(sides);
            say(text, theirs.texts());
            theirs.calls().addAll(calls);
          }
        }
      }
    }
    return sides;
  }

  private static void say(String text, List<String> texts) {
    if (!text.isBlank()) {
      texts.add(text);
    }
  }

  private static Ours ours(List<Side> sides) {
    if (!sides.isEmpty() && sides.getLast() instanceof Ours last) {
      return last;
    }
    Ours fresh = new Ours(new ArrayList<>(), new ArrayList<>());
    sides.add(fresh);
    return fresh;
  }

  private static Theirs theirs(List<Side> sides) {
    if (!sides.isEmpty() && sides.getLast() instanceof Theirs last) {
      return last;
    }
    Theirs fresh = new Theirs(new ArrayList<>(), new ArrayList<>());
    sides.add(fresh);
    return fresh;
  }
}
