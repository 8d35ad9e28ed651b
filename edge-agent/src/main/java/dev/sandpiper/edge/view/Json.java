package dev.sandpiper.edge.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// JSON texts, written field by field.
public final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /// Writes one value.
  public interface Writer {
    void write(JsonGenerator json) throws IOException;
  }

  /// The text as UTF-8.
  public static byte[] bytes(Writer writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      writer.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// The text; it has no line break.
  public static String line(Writer writer) {
    return new String(bytes(writer), StandardCharsets.UTF_8);
  }

  /// A field that is left out when there is nothing to say.
  public static void text(JsonGenerator json, String field, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(field, value);
    }
  }

  /// A field that is left out when there is nothing to say.
  public static void time(JsonGenerator json, String field, @Nullable Instant value)
      throws IOException {
    if (value != null) {
      json.writeStringField(field, value.toString());
    }
  }
}
