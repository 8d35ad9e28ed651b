package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ChatMessage.Assistant;
import dev.sandpiper.edge.llm.ChatMessage.ToolResult;
import dev.sandpiper.edge.llm.ChatMessage.User;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.Purpose;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// What makes two questions the same for the brakes: who asks, and what is asked last, with what
/// tools said since. Not the model, and not what was said before: that grows with every repetition.
final class Content {

  private Content() {}

  static String of(Purpose purpose, ChatRequest request) {
    MessageDigest digest = begun(purpose);
    List<ChatMessage> messages = request.messages();
    int first = messages.size() - 1;
    while (first > 0 && !(messages.get(first) instanceof User)) {
      first--;
    }
    for (ChatMessage message : messages.subList(Math.max(0, first), messages.size())) {
      switch (message) {
        case User(String text) -> add(digest, text);
        case Assistant assistant ->
            assistant.calls().forEach(call -> add(digest, call.tool() + "\n" + call.arguments()));
        case ToolResult result -> add(digest, result.tool() + "\n" + result.text());
      }
    }
    return ended(digest);
  }

  static String of(Purpose purpose, List<String> texts) {
    MessageDigest digest = begun(purpose);
    texts.forEach(text -> add(digest, text));
    return ended(digest);
  }

  private static MessageDigest begun(Purpose purpose) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, String.valueOf(purpose.person()));
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static String ended(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }
}
