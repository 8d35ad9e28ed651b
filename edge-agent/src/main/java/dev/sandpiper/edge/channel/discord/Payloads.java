package dev.sandpiper.edge.channel.discord;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The messages Discord takes.
final class Payloads {

  private static final int ROW = 1;
  private static final int BUTTON = 2;
  private static final int GREY = 2;
  private static final int IN_A_ROW = 5;
  private static final int MOST_BUTTONS = 25;
  private static final int LONGEST_LABEL = 80;

  private Payloads() {}

  /// A new message.
  ///
  /// @param nonce a second message with the same within some minutes is the first one again
  static String message(
      String nonce, String content, List<Button> buttons, @Nullable String replyTo) {
    return Json.line(json -> {
      json.writeStartObject();
      json.writeStringField("content", content);
      json.writeStringField("nonce", nonce);
      json.writeBooleanField("enforce_nonce", true);
      noMentions(json);
      if (replyTo != null && Translator.isId(replyTo)) {
        json.writeObjectFieldStart("message_reference");
        json.writeStringField("message_id", replyTo);
        json.writeBooleanField("fail_if_not_exists", false);
        json.writeEndObject();
      }
      if (!buttons.isEmpty()) {
        buttons(json, buttons);
      }
      json.writeEndObject();
    });
  }

  /// Other words for a message.
  static String edit(String content, List<Button> buttons) {
    return Json.line(json -> {
      json.writeStartObject();
      json.writeStringField("content", content);
      noMentions(json);
      buttons(json, buttons);
      json.writeEndObject();
    });
  }

  /// A message with a file.
  static String attachment(String nonce, String caption, String name) {
    return Json.line(json -> {
      json.writeStartObject();
      json.writeStringField("content", caption);
      json.writeStringField("nonce", nonce);
      json.writeBooleanField("enforce_nonce", true);
      noMentions(json);
      json.writeArrayFieldStart("attachments");
      json.writeStartObject();
      json.writeNumberField("id", 0);
      json.writeStringField("filename", name);
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  /// Whatever stands in a text, nobody is called by it.
  static void noMentions(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("allowed_mentions");
    json.writeArrayFieldStart("parse");
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void buttons(JsonGenerator json, List<Button> buttons) throws IOException {
    json.writeArrayFieldStart("components");
    int count = Math.min(buttons.size(), MOST_BUTTONS);
    for (int row = 0; row < count; row += IN_A_ROW) {
      json.writeStartObject();
      json.writeNumberField("type", ROW);
      json.writeArrayFieldStart("components");
      for (Button button : buttons.subList(row, Math.min(row + IN_A_ROW, count))) {
        json.writeStartObject();
        json.writeNumberField("type", BUTTON);
        json.writeNumberField("style", GREY);
        json.writeStringField("label", label(button.label()));
        json.writeStringField("custom_id", button.data());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String label(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_LABEL
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_LABEL - 1)) + "…";
  }
}
