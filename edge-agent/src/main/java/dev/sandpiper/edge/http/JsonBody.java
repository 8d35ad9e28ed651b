package dev.sandpiper.edge.http;

import dev.sandpiper.edge.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/// Reads a small JSON body.
final class JsonBody {

  /// Longest one: the longest message, every character escaped.
  static final int MOST = 256 << 10;

  private JsonBody() {}

  /// @throws Problem.Thrown when it is too long or no JSON object
  static JsonValue read(Request request) throws IOException {
    byte[] body = request.body().readNBytes(MOST + 1);
    if (body.length > MOST) {
      throw Problem.of(
              413, "Content too large", "The JSON has at most 256 KB; send more as a file.")
          .thrown();
    }
    JsonValue value;
    try {
      value = JsonValue.read(new ByteArrayInputStream(body));
    } catch (IOException _) {
      throw notJson();
    }
    if (value instanceof JsonValue.Fields) {
      return value;
    }
    throw notJson();
  }

  private static Problem.Thrown notJson() {
    return Problem.badRequest("The body must be one JSON object in UTF-8.").thrown();
  }
}
