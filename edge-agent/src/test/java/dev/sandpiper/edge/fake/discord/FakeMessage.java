package dev.sandpiper.edge.fake.discord;

import dev.sandpiper.edge.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message in a chat.
///
/// @param nonce what the sender gave with it; `null` when nothing
/// @param body what the sender sent, as it was
/// @param edits how often it was changed
public record FakeMessage(
    String id,
    String channel,
    String author,
    String content,
    @Nullable String nonce,
    JsonValue body,
    List<Map<String, Object>> files,
    @Nullable String replyTo,
    int edits) {

  FakeMessage edited(String words, JsonValue newBody) {
    return new FakeMessage(id, channel, author, words, nonce, newBody, files, replyTo, edits + 1);
  }

  /// The data of its buttons, in order.
  public List<String> buttons() {
    return body.at("components").items().stream()
        .flatMap(row -> row.at("components").items().stream())
        .map(button -> button.text("custom_id", ""))
        .toList();
  }
}
