package dev.sandpiper.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Lambda's SQS events and partial batch responses as JSON: the few fields that matter.
final class SqsEventJson {

  /// Lambda's own bound on a batch.
  private static final int MOST_MESSAGES = 10_000;

  private static final String RECEIVE_COUNT = "ApproximateReceiveCount";
  private static final JsonFactory FACTORY = new JsonFactory();

  private SqsEventJson() {}

  /// Reads an event's messages, in order.
  ///
  /// @throws IOException when it is no SQS event: the whole batch then comes again
  static List<SqsMessage> read(InputStream in) throws IOException {
    List<SqsMessage> messages = new ArrayList<>();
    try (JsonParser json = FACTORY.createParser(in)) {
      expect(json, json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if (field.equals("Records")) {
          expect(json, value, JsonToken.START_ARRAY);
          while (json.nextToken() == JsonToken.START_OBJECT) {
            messages.add(message(json));
            if (messages.size() > MOST_MESSAGES) {
              throw new IOException("an SQS event of more than " + MOST_MESSAGES + " messages");
            }
          }
        } else {
          json.skipChildren();
        }
      }
    }
    return messages;
  }

  private static SqsMessage message(JsonParser json) throws IOException {
    String id = "";
    String receiptHandle = "";
    int receives = 1;
    String body = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "messageId" -> id = json.getText();
        case "receiptHandle" -> receiptHandle = json.getText();
        case "attributes" -> receives = receiveCount(json);
        case "body" -> body = json.getText();
        default -> json.skipChildren();
      }
    }
    if (id.isEmpty()) {
      throw new IOException("an SQS message without messageId");
    }
    return new SqsMessage(id, receiptHandle, receives, body);
  }

  private static int receiveCount(JsonParser json) throws IOException {
    int count = 1;
    if (json.currentToken() == JsonToken.START_OBJECT) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = json.currentName().equals(RECEIVE_COUNT);
        json.nextToken();
        if (wanted) {
          count = Math.max(1, json.getValueAsInt(1));
        }
        json.skipChildren();
      }
    }
    return count;
  }

  private static void expect(JsonParser json, JsonToken found, JsonToken wanted)
      throws IOException {
    if (found != wanted) {
      throw new IOException("not an SQS event: " + found + " at " + json.currentLocation());
    }
  }

  /// Writes the ids of the messages that shall come again; none means all are done.
  static void writeFailures(Collection<String> ids, OutputStream out) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("batchItemFailures");
      for (String id : ids) {
        json.writeStartObject();
        json.writeStringField("itemIdentifier", id);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }
}
