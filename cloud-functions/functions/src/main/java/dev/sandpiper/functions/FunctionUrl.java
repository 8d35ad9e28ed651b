package dev.sandpiper.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.RejectCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Calls through the function's URL: an HTTP request comes as an event, an HTTP response is the
/// answer.
record FunctionUrl(ParseFunction function) {

  /// Largest response: Lambda's.
  static final int MOST_BYTES = 6 << 20;

  private static final String CONTEXT = "requestContext";
  private static final String VERSION = "v";
  private static final JsonFactory FACTORY = new JsonFactory();

  /// Whether `event`, a stream with marks, came through the URL and is no request itself: the first
  /// field that only one of them has decides. The stream is left where it was.
  static boolean calledThrough(InputStream event) throws IOException {
    event.mark(Integer.MAX_VALUE);
    try (JsonParser json = parser(event)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        if (field.equals(CONTEXT) || field.equals(VERSION)) {
          return field.equals(CONTEXT);
        }
        json.nextToken();
        json.skipChildren();
      }
      return false;
    } catch (JsonProcessingException _) {
      // Whoever reads it as a request says what is wrong with it.
      return false;
    } finally {
      event.reset();
    }
  }

  /// Answers one event.
  ///
  /// @param remainingMillis time until the host ends the worker
  void answer(InputStream event, OutputStream out, long remainingMillis) throws IOException {
    Call call;
    try {
      call = read(event);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      respond(400, broken("The event cannot be read: " + Outside.reason(e) + "."), out);
      return;
    }
    if (!call.method().equals("POST")) {
      respond(405, broken("Send the request with POST, not " + call.method() + "."), out);
      return;
    }
    Answer answer = function.answer(new ByteArrayInputStream(call.body()), remainingMillis);
    respond(status(answer.reply()), answer, out);
  }

  private static Answer broken(String message) {
    return Answer.of(new ParseReply.Rejected("", RejectCode.MALFORMED_REQUEST, message));
  }

  private static int status(ParseReply reply) {
    return reply instanceof ParseReply.Rejected(_, RejectCode code, _)
            && (code == RejectCode.MALFORMED_REQUEST || code == RejectCode.UNSUPPORTED_VERSION)
        ? 400
        : 200;
  }

  // The array is made for this record and read once.
  @SuppressWarnings("ArrayRecordComponent")
  private record Call(String method, byte[] body) {}

  private static Call read(InputStream event) throws IOException {
    String method = "";
    String body = "";
    boolean base64 = false;
    try (JsonParser json = parser(event)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        switch (field) {
          case CONTEXT -> method = method(json, true);
          case "body" -> body = value == JsonToken.VALUE_STRING ? json.getText() : "";
          case "isBase64Encoded" -> base64 = value == JsonToken.VALUE_TRUE;
          default -> {}
        }
        json.skipChildren();
      }
    }
    return new Call(
        method, base64 ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8));
  }

  /// `requestContext.http.method`: the method in `http`, or in the object that has `http`.
  private static String method(JsonParser json, boolean outer) throws IOException {
    String method = "";
    if (json.currentToken() == JsonToken.START_OBJECT) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if (outer && field.equals("http")) {
          method = method(json, false);
        } else if (!outer && field.equals("method") && value == JsonToken.VALUE_STRING) {
          method = json.getText();
        }
        json.skipChildren();
      }
    }
    return method;
  }

  private static JsonParser parser(InputStream event) throws IOException {
    return FACTORY.createParser(event).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
  }

  private static void respond(int status, Answer answer, OutputStream out) throws IOException {
    byte[] response = response(status, answer.json());
    if (response.length > MOST_BYTES) {
      ParseReply.Rejected tooBig =
          new ParseReply.Rejected(
              answer.reply().requestId(),
              RejectCode.OVER_LIMIT,
              "The response has %,d bytes, more than the %,d of a function URL. Ask for the result to be stored."
                  .formatted(response.length, MOST_BYTES));
      response = response(200, Answer.of(tooBig).json());
    }
    out.write(response);
  }

  private static byte[] response(int status, byte[] reply) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(reply.length + 256);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", status);
      json.writeObjectFieldStart("headers");
      json.writeStringField("content-type", "application/json");
      json.writeEndObject();
      json.writeBooleanField("isBase64Encoded", false);
      json.writeStringField("body", new String(reply, StandardCharsets.UTF_8));
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
