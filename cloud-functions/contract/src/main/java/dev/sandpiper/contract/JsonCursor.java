package dev.sandpiper.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A typed walk over streaming JSON; every complaint names the field it stands on.
final class JsonCursor implements AutoCloseable {

  /// A string may be as long as an inline document: Lambda's 6 MB limit is far below, so the
  /// house's own files set it.
  private static final int LONGEST_STRING = 128 << 20;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(LONGEST_STRING)
                  .maxNestingDepth(200)
                  .build())
          .build();

  /// Reads the value of one field; the cursor stands on the value's first token.
  interface FieldReader {
    /// Returns whether the field is known.
    boolean read(String name) throws IOException;
  }

  /// Reads one array element; the cursor stands on its first token.
  interface ElementReader {
    void read() throws IOException;
  }

  private final JsonParser parser;
  private String requestId = "";

  JsonCursor(InputStream in) throws IOException {
    parser = FACTORY.createParser(in).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
  }

  JsonParser parser() {
    return parser;
  }

  String requestId() {
    return requestId;
  }

  void rememberRequestId(String id) {
    requestId = id;
  }

  /// Runs `reading`, turning broken JSON and broken values into a [ContractException].
  <T> T contract(IoCall<T> reading) throws IOException {
    try {
      return reading.call();
    } catch (StreamReadException e) {
      throw malformed("not valid JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  interface IoCall<T> {
    T call() throws IOException;
  }

  ContractException malformed(String what) {
    return new ContractException(
        RejectCode.MALFORMED_REQUEST,
        requestId,
        "The message does not follow contract v1: " + what + ".");
  }

  void start() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw malformed("a JSON object is expected");
    }
  }

  /// Walks an object. `strict` refuses unknown fields, else they are skipped.
  void object(boolean strict, FieldReader reader) throws IOException {
    expect(JsonToken.START_OBJECT, "an object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (!reader.read(name)) {
        if (strict) {
          throw malformed("unknown field \"" + name + "\"");
        }
        parser.skipChildren();
      }
    }
  }

  void array(ElementReader reader) throws IOException {
    expect(JsonToken.START_ARRAY, "an array");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      reader.read();
    }
  }

  String string() throws IOException {
    expect(JsonToken.VALUE_STRING, "a string");
    return parser.getText();
  }

  @Nullable String nullableString() throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL ? null : string();
  }

  byte[] binary() throws IOException {
    expect(JsonToken.VALUE_STRING, "base64");
    return parser.getBinaryValue();
  }

  long integer() throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
    return parser.getLongValue();
  }

  int smallInteger() throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
    return parser.getIntValue();
  }

  boolean bool() throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_TRUE
        && parser.currentToken() != JsonToken.VALUE_FALSE) {
      throw malformed("\"" + parser.currentName() + "\" must be true or false");
    }
    return parser.getBooleanValue();
  }

  @Nullable Instant nullableInstant() throws IOException {
    String text = nullableString();
    return text == null ? null : Instant.parse(text);
  }

  List<String> strings() throws IOException {
    List<String> list = new ArrayList<>();
    array(() -> list.add(string()));
    return list;
  }

  Map<String, String> stringMap() throws IOException {
    Map<String, String> map = new LinkedHashMap<>();
    object(
        true,
        name -> {
          map.put(name, string());
          return true;
        });
    return map;
  }

  /// `value`, or a complaint that the field is missing.
  <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw malformed("\"" + field + "\" is missing");
    }
    return value;
  }

  private void expect(JsonToken token, String what) throws IOException {
    if (parser.currentToken() != token) {
      throw malformed("\"" + parser.currentName() + "\" must be " + what);
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
