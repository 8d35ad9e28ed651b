package dev.sandpiper.edge.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.util.List;

/// What goes out, as it lies in the database.
final class OutgoingJson {
  private static final String TYPE = "type";
  private static final String TEXT = "text";
  private static final String EDIT = "edit";
  private static final String FILE = "file";
  private static final String OF = "of";
  private static final String REPLY_TO = "replyTo";
  private static final String BUTTONS = "buttons";
  private static final String LABEL = "label";
  private static final String DATA = "data";
  private static final String NAME = "name";
  private static final String MEDIA_TYPE = "mediaType";
  private static final String SHA256 = "sha256";

  private OutgoingJson() {}

  static String write(Outgoing outgoing) {
    return Json.line(json -> {
      json.writeStartObject();
      switch (outgoing) {
        case Outgoing.Text text -> {
          json.writeStringField(TYPE, TEXT);
          json.writeStringField(TEXT, text.markdown());
          Json.text(json, REPLY_TO, text.replyTo());
          buttons(json, text.buttons());
        }
        case Outgoing.Edit edit -> {
          json.writeStringField(TYPE, EDIT);
          json.writeStringField(OF, edit.of());
          json.writeStringField(TEXT, edit.markdown());
          buttons(json, edit.buttons());
        }
        case Outgoing.Attachment file -> {
          json.writeStringField(TYPE, FILE);
          json.writeStringField(NAME, file.name());
          json.writeStringField(MEDIA_TYPE, file.mediaType());
          json.writeStringField(SHA256, file.sha256());
          json.writeStringField(TEXT, file.caption());
        }
      }
      json.writeEndObject();
    });
  }

  private static void buttons(JsonGenerator json, List<Button> buttons) throws IOException {
    json.writeArrayFieldStart(BUTTONS);
    for (Button button : buttons) {
      json.writeStartObject();
      json.writeStringField(LABEL, button.label());
      json.writeStringField(DATA, button.data());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static Outgoing read(String text) {
    JsonValue json = JsonValue.ours(text);
    String words = json.text(TEXT, "");
    return switch (json.text(TYPE, TEXT)) {
      case EDIT -> new Outgoing.Edit(json.text(OF, ""), words, buttons(json));
      case FILE ->
          new Outgoing.Attachment(
              json.text(NAME, ""), json.text(MEDIA_TYPE, ""), json.text(SHA256, ""), words);
      default -> new Outgoing.Text(words, buttons(json), json.nullableText(REPLY_TO));
    };
  }

  private static List<Button> buttons(JsonValue json) {
    return json.at(BUTTONS).items().stream()
        .map(button -> new Button(button.text(LABEL, ""), button.text(DATA, "")))
        .toList();
  }
}
