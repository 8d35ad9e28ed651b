package dev.sandpiper.edge.llm.wire;

import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ToolCall;
import dev.sandpiper.edge.llm.ToolSpec;
import java.util.List;

/// Tokens of texts, roughly: for answers whose provider does not count them.
public final class Estimate {

  /// A token is some four characters of English, or one or two of Chinese.
  private static final int BYTES = 4;

  /// What roles and brackets take around each message.
  private static final int AROUND = 4;

  private Estimate() {}

  /// Tokens of a text.
  public static long tokens(CharSequence text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Each half of a surrogate pair counts two.
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return (bytes + BYTES - 1) / BYTES;
  }

  /// Tokens of all of a question.
  public static long input(ChatRequest request) {
    long sum = tokens(request.system());
    for (ChatMessage message : request.messages()) {
      sum += AROUND;
      switch (message) {
        case ChatMessage.User(String text) -> sum += tokens(text);
        case ChatMessage.ToolResult result -> sum += tokens(result.text());
        case ChatMessage.Assistant(String text, List<ToolCall> calls) -> {
          sum += tokens(text);
          for (ToolCall call : calls) {
            sum += tokens(call.tool()) + tokens(call.arguments());
          }
        }
      }
    }
    for (ToolSpec tool : request.tools()) {
      sum += tokens(tool.name()) + tokens(tool.description()) + tokens(tool.schema());
    }
    return sum;
  }

  /// Calls that stand in a conversation already.
  static int calls(ChatRequest request) {
    int count = 0;
    for (ChatMessage message : request.messages()) {
      if (message instanceof ChatMessage.Assistant assistant) {
        count += assistant.calls().size();
      }
    }
    return count;
  }
}
