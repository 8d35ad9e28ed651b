package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.view.Json;
import org.jspecify.annotations.Nullable;

/// What is said to the gateway.
final class Words {

  static final int DISPATCH = 0;
  static final int HEARTBEAT = 1;
  static final int IDENTIFY = 2;
  static final int RESUME = 6;
  static final int RECONNECT = 7;
  static final int INVALID_SESSION = 9;
  static final int HELLO = 10;
  static final int HEARTBEAT_ACK = 11;

  /// Messages of servers, direct messages, and what stands in them. No more: the intent for servers
  /// would bring megabytes about each.
  static final int INTENTS = 1 << 9 | 1 << 12 | 1 << 15;

  private Words() {}

  static String heartbeat(@Nullable Long seq) {
    return Json.line(json -> {
      json.writeStartObject();
      json.writeNumberField("op", HEARTBEAT);
      json.writeFieldName("d");
      if (seq == null) {
        json.writeNull();
      } else {
        json.writeNumber(seq);
      }
      json.writeEndObject();
    });
  }

  static String identify(String token) {
    return Json.line(json -> {
      json.writeStartObject();
      json.writeNumberField("op", IDENTIFY);
      json.writeObjectFieldStart("d");
      json.writeStringField("token", token);
      json.writeNumberField("intents", INTENTS);
      json.writeNumberField("large_threshold", 50);
      json.writeObjectFieldStart("properties");
      json.writeStringField("os", "linux");
      json.writeStringField("browser", "sandpiper");
      json.writeStringField("device", "sandpiper");
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  static String resume(String token, Memory.Session session) {
    return Json.line(json -> {
      json.writeStartObject();
      json.writeNumberField("op", RESUME);
      json.writeObjectFieldStart("d");
      json.writeStringField("token", token);
      json.writeStringField("session_id", session.id());
      json.writeNumberField("seq", session.seq());
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  /// What the gateway said.
  record Heard(int op, String type, long seq, JsonValue data) {

    static Heard of(JsonValue json) {
      return new Heard(
          Math.toIntExact(Math.clamp(json.number(-1, "op"), -1, 1_000)),
          json.text("t", ""),
          json.number(0, "s"),
          json.at("d"));
    }
  }
}
