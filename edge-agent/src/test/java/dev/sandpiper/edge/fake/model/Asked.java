package dev.sandpiper.edge.fake.model;

import java.util.List;

/// What the fake was asked, whichever format it came in.
///
/// @param key the key that came with it; empty: none
/// @param maxTokens 0 when nobody said
/// @param temperature −1 when nobody said
public record Asked(
    Api api,
    String model,
    String key,
    boolean streamed,
    String system,
    List<Said> messages,
    List<String> tools,
    int maxTokens,
    double temperature) {

  /// Whose format.
  public enum Api {
    OPENAI,
    ANTHROPIC,
    GEMINI,
    OLLAMA,
    BEDROCK
  }

  /// One message.
  ///
  /// @param role `user`, `assistant` or `tool`
  /// @param callId of a tool's result; empty otherwise
  /// @param calls tools that an assistant called
  public record Said(String role, String text, String callId, List<Reply.Call> calls) {}

  /// What the person said last.
  public String question() {
    return messages.reversed().stream()
        .filter(said -> said.role().equals("user"))
        .map(Said::text)
        .findFirst()
        .orElse("");
  }

  /// The last message of all.
  public Said last() {
    return messages.getLast();
  }

  /// Tokens of all of it, as the fake counts.
  long tokens() {
    long sum = Count.of(system) + tools.size();
    for (Said said : messages) {
      sum += Count.of(said.text()) + 1;
      for (Reply.Call call : said.calls()) {
        sum += Count.of(call.arguments()) + 1;
      }
    }
    return sum;
  }
}
