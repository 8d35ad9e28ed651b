package dev.sandpiper.edge.channel.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.channel.Button;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message of the history.
///
/// @param key the client's key; empty when the agent wrote it
/// @param pressed data of the button that was pressed; `null` when none was
public record WebMessage(
    long id,
    String key,
    Author author,
    String text,
    List<Button> buttons,
    @Nullable String pressed,
    List<WebFile> files,
    Instant created) {

  /// Who wrote it.
  public enum Author {
    PERSON,
    AGENT
  }

  public WebMessage {
    buttons = List.copyOf(buttons);
    files = List.copyOf(files);
  }

  /// Writes it for the page.
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", id);
    if (!key.isEmpty()) {
      json.writeStringField("key", key);
    }
    json.writeStringField("from", author == Author.PERSON ? "me" : "agent");
    json.writeStringField("text", text);
    json.writeStringField("at", created.toString());
    json.writeArrayFieldStart("buttons");
    for (Button button : buttons) {
      json.writeStartObject();
      json.writeStringField("label", button.label());
      json.writeStringField("data", button.data());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (pressed != null) {
      json.writeStringField("pressed", pressed);
    }
    json.writeArrayFieldStart("files");
    for (WebFile file : files) {
      file.write(json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
