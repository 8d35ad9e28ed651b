package dev.sandpiper.edge.channel.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// A file of a message, or one that waits for its message.
///
/// @param id what a browser calls it; cannot be guessed
/// @param sha256 its blob
public record WebFile(String id, String name, String mediaType, String sha256, long size) {

  /// Writes it for the page, which has no use for hashes.
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeStringField("name", name);
    json.writeStringField("type", mediaType);
    json.writeNumberField("size", size);
    json.writeEndObject();
  }
}
