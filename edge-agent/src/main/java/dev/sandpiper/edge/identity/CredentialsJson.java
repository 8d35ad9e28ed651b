package dev.sandpiper.edge.identity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads what AWS answers: credentials, or the message of an error.
final class CredentialsJson {

  private static final JsonFactory JSON = new JsonFactory();

  private CredentialsJson() {}

  /// The credentials of the first object named `credentials`; empty when there are none in it.
  static Optional<SessionCredentials> find(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME
            && parser.currentName().equals("credentials")
            && parser.nextToken() == JsonToken.START_OBJECT) {
          return credentials(texts(parser));
        }
      }
    } catch (IOException | DateTimeException | IllegalArgumentException _) {
      // not what AWS sends: as good as nothing
    }
    return Optional.empty();
  }

  private static Optional<SessionCredentials> credentials(Map<String, String> fields) {
    return fields.containsKey("expiration")
        ? Optional.of(
            new SessionCredentials(
                fields.getOrDefault("accessKeyId", ""),
                fields.getOrDefault("secretAccessKey", ""),
                fields.getOrDefault("sessionToken", ""),
                Instant.parse(fields.get("expiration"))))
        : Optional.empty();
  }

  /// What the error says, made fit for one line; empty when it says nothing.
  static String message(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        Map<String, String> fields = texts(parser);
        String message = fields.getOrDefault("message", fields.getOrDefault("Message", ""));
        String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.substring(0, Math.min(line.length(), 300));
      }
    } catch (IOException _) {
      // a proxy's page, not AWS's answer
    }
    return "";
  }

  private static Map<String, String> texts(JsonParser parser) throws IOException {
    Map<String, String> fields = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        fields.put(name, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return fields;
  }
}
