package dev.sandpiper.edge.channel.telegram;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A chat, or a topic of one, as it stands in an address: `42`, `-100123`, `-100123/7`.
///
/// @param thread the topic's id; 0 when there is none
record ChatId(long chat, long thread) {
  private static final Pattern WRITTEN = Pattern.compile("(-?[0-9]{1,18})(?:/([0-9]{1,18}))?");

  /// Reads an address; empty when it is none of ours.
  static Optional<ChatId> find(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String thread = matcher.group(2);
    return Optional.of(
        new ChatId(Long.parseLong(matcher.group(1)), thread == null ? 0 : Long.parseLong(thread)));
  }

  /// As it stands in an address.
  String text() {
    return thread == 0 ? Long.toString(chat) : chat + "/" + thread;
  }

  /// Whether several people are in it.
  boolean isGroup() {
    return chat < 0;
  }

  ChatId withoutThread() {
    return new ChatId(chat, 0);
  }

  void write(JsonGenerator json) throws IOException {
    json.writeNumberField("chat_id", chat);
    if (thread != 0) {
      json.writeNumberField("message_thread_id", thread);
    }
  }
}
