package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.json.JsonValue;
import java.util.Locale;
import java.util.Optional;

/// Whether a message is meant for the bot: everything in a private chat; in a group what mentions
/// it, answers it, or is a command with its name.
final class Addressed {

  private Addressed() {}

  /// The words, without the bot's name; empty when they are meant for others.
  static Optional<String> find(JsonValue message, Self self, boolean group) {
    boolean caption = !message.has("text");
    String text = message.text(caption ? "caption" : "text", "");
    JsonValue entities = message.at(caption ? "caption_entities" : "entities");
    boolean meant = !group || message.number(0, "reply_to_message", "from", "id") == self.id();
    String name = "@" + self.username().toLowerCase(Locale.ROOT);
    StringBuilder words = new StringBuilder(text);
    int removed = 0;
    for (JsonValue entity : entities.items()) {
      int begin = Math.clamp(entity.number(-1, "offset"), -1, text.length());
      int end = Math.clamp(begin + entity.number(0, "length"), -1, text.length());
      if (begin < 0 || end <= begin) {
        continue;
      }
      String marked = text.substring(begin, end);
      int at = marked.indexOf('@');
      switch (entity.text("type", "")) {
        case "mention" -> {
          if (marked.toLowerCase(Locale.ROOT).equals(name) && begin >= removed) {
            meant = true;
            words.delete(begin - removed, end - removed);
            removed += end - begin;
          }
        }
        case "text_mention" -> meant |= entity.number(0, "user", "id") == self.id();
        case "bot_command" -> {
          if (at > 0 && begin == 0) {
            if (!marked.substring(at).toLowerCase(Locale.ROOT).equals(name)) {
              return Optional.empty(); // another bot's
            }
            meant = true;
            words.delete(at, end);
            removed += end - at;
          }
        }
        default -> {
          // how it looks is no matter
        }
      }
    }
    return meant ? Optional.of(words.toString().strip()) : Optional.empty();
  }
}
