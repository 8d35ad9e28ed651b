package dev.sandpiper.edge.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// JSON answers, written field by field.
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /// Writes one value.
  interface Writer {
    void write(JsonGenerator json) throws IOException;
  }

  static byte[] bytes(Writer writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      writer.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static String line(Writer writer) {
    return new String(bytes(writer), StandardCharsets.UTF_8);
  }

  static Response ok(Writer writer) {
    return Response.json(200, bytes(writer));
  }

  static void text(JsonGenerator json, String field, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(field, value);
    }
  }

  static void time(JsonGenerator json, String field, @Nullable Instant value) throws IOException {
    if (value != null) {
      json.writeStringField(field, value.toString());
    }
  }
}
