package dev.sandpiper.edge.llm.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.json.JsonValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// JSON texts for models. A text may hold half a character that somebody cut off; encoding it makes
/// a question mark of it.
public final class JsonText {

  private JsonText() {}

  /// Writes one value.
  public interface Writer {
    /// Writes it.
    void write(JsonGenerator json) throws IOException;
  }

  /// The text.
  public static String of(Writer writer) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JsonValue.FACTORY.createGenerator(out)) {
      writer.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  /// An object that somebody wrote as text; an empty one when it is none.
  public static JsonValue object(String text) {
    try {
      if (JsonValue.read(text) instanceof JsonValue.Fields fields) {
        return fields;
      }
    } catch (IOException _) {
      // No JSON is no object either.
    }
    return JsonValue.ours("{}");
  }
}
