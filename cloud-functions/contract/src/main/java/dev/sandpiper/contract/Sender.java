package dev.sandpiper.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Who asked, as far as a request tells that cannot be read as one: it is broken or of another
/// version. Enough to send the refusal to.
///
/// @param owner the device the result was for
/// @param requestId the request's id
public record Sender(ObjectKeys owner, String requestId) {

  /// Looks for the sender of a broken request; empty when it does not say.
  ///
  /// @throws IOException when `json` cannot be read
  public static Optional<Sender> find(InputStream json) throws IOException {
    String[] found = {"", ""};
    try (JsonParser parser = JsonCursor.FACTORY.createParser(json)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          switch (name) {
            case Field.REQUEST_ID -> found[0] = text(parser);
            case Field.RESULT -> found[1] = textAt(parser, List.of(Field.S3, Field.KEY));
            default -> parser.skipChildren();
          }
        }
      }
    } catch (JsonProcessingException _) {
      // What stands before the fault counts.
    }
    boolean usable = !found[0].isEmpty() && found[0].length() <= FunctionRequest.MAX_ID;
    return usable
        ? ObjectKeys.owner(found[1]).map(owner -> new Sender(owner, found[0]))
        : Optional.empty();
  }

  /// The text at `path` below the current value; empty when there is none.
  private static String textAt(JsonParser parser, List<String> path) throws IOException {
    if (path.isEmpty()) {
      return text(parser);
    }
    String found = "";
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(path.getFirst());
        parser.nextToken();
        if (wanted) {
          found = textAt(parser, path.subList(1, path.size()));
        } else {
          parser.skipChildren();
        }
      }
    } else {
      parser.skipChildren();
    }
    return found;
  }

  private static String text(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return "";
  }
}
