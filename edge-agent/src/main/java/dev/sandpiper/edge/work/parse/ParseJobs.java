package dev.sandpiper.edge.work.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sandpiper.contract.PageRange;
import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.queue.NewJob;
import dev.sandpiper.edge.queue.Priority;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The kinds of parse job, and the small JSON they carry.
final class ParseJobs {

  /// A whole document.
  static final String PARSE = Intake.PARSE;

  /// A page range of a split document.
  static final String PART = Intake.PART;

  private static final JsonFactory JSON = new JsonFactory();
  private static final String FIRST = "first";
  private static final String LAST = "last";
  private static final String DECISION = "decision";
  private static final String STATE = "state";
  private static final String RESULT = "result";

  private ParseJobs() {}

  /// A job that parses some pages of it; `decision` says why it was split.
  static NewJob part(Priority priority, String sha256, PageRange pages, String decision) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put(FIRST, pages.first());
    payload.put(LAST, pages.last());
    payload.put(DECISION, decision);
    return new NewJob(PART, priority, sha256, json(payload), null);
  }

  /// The pages of a part job's payload.
  static PageRange pages(String payload) {
    Map<String, Object> fields = fields(payload);
    return new PageRange(number(fields, FIRST), number(fields, LAST));
  }

  /// Outcome of a parsed document or part: where its result is.
  static String parsed(String resultSha256) {
    return json(Map.of(STATE, "parsed", RESULT, resultSha256));
  }

  /// Outcome of a document that cannot be parsed.
  static String rejected(String code) {
    return json(Map.of(STATE, "rejected", "code", code));
  }

  /// The result blob of a part's outcome.
  static String result(@Nullable String outcome) {
    if (outcome != null && fields(outcome).get(RESULT) instanceof String sha256) {
      return sha256;
    }
    throw new IllegalStateException("a finished part has no result: " + outcome);
  }

  private static int number(Map<String, Object> fields, String name) {
    if (fields.get(name) instanceof Integer value) {
      return value;
    }
    throw new IllegalStateException("a part's payload has no \"" + name + "\": " + fields);
  }

  private static String json(Map<String, Object> fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, Object> field : fields.entrySet()) {
        json.writeFieldName(field.getKey());
        json.writePOJO(field.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static Map<String, Object> fields(String object) {
    Map<String, Object> fields = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(object)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        switch (json.nextToken()) {
          case VALUE_NUMBER_INT -> fields.put(name, json.getIntValue());
          case VALUE_STRING -> fields.put(name, json.getText());
          default -> json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fields;
  }
}
