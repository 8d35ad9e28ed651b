package dev.sandpiper.edge.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A JSON value that somebody sent. Looking into a value of another kind answers nothing instead of
/// failing, so that a reader asks for what it needs and copes with what there is.
public sealed interface JsonValue {

  /// Deepest nesting read.
  int MAX_DEPTH = 200;

  /// Reads JSON of a bounded source.
  JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  /// An object, its fields in order; of two fields with one name the last counts.
  record Fields(Map<String, JsonValue> values) implements JsonValue {
    public Fields {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /// An array.
  record Items(List<JsonValue> values) implements JsonValue {
    public Items {
      values = List.copyOf(values);
    }
  }

  /// A string.
  record Text(String value) implements JsonValue {}

  /// A number, as it was written.
  record Figure(String value) implements JsonValue {}

  /// `true` or `false`.
  record Flag(boolean value) implements JsonValue {}

  /// `null`, or nothing at all.
  record Nothing() implements JsonValue {}

  /// Reads one value; more after it is an error.
  ///
  /// @throws IOException when it is not JSON; the message never quotes it
  static JsonValue read(String text) throws IOException {
    try (JsonParser json = FACTORY.createParser(text)) {
      return whole(json);
    }
  }

  /// Reads one value from UTF-8; the caller bounds and closes the stream.
  ///
  /// @throws IOException when it is not JSON, or the stream fails
  static JsonValue read(InputStream in) throws IOException {
    try (JsonParser json = FACTORY.createParser(in).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)) {
      return whole(json);
    }
  }

  /// Reads what we wrote ourselves.
  static JsonValue ours(String text) {
    try {
      return read(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonValue whole(JsonParser json) throws IOException {
    JsonToken token = json.nextToken();
    if (token == null) {
      throw new IOException("no JSON");
    }
    JsonValue value = value(json, token);
    if (json.nextToken() != null) {
      throw new IOException("more after the JSON");
    }
    return value;
  }

  private static JsonValue value(JsonParser json, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> {
        Map<String, JsonValue> values = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          values.put(name, value(json, json.nextToken()));
        }
        yield new Fields(values);
      }
      case START_ARRAY -> {
        List<JsonValue> values = new ArrayList<>();
        for (JsonToken next = json.nextToken();
            next != JsonToken.END_ARRAY;
            next = json.nextToken()) {
          values.add(value(json, next));
        }
        yield new Items(values);
      }
      case VALUE_STRING -> new Text(json.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Figure(json.getText());
      case VALUE_TRUE -> new Flag(true);
      case VALUE_FALSE -> new Flag(false);
      case VALUE_NULL -> new Nothing();
      default -> throw new IOException("broken JSON");
    };
  }

  /// What a path of field names leads to.
  default JsonValue at(String... path) {
    JsonValue value = this;
    for (String name : path) {
      value =
          value instanceof Fields(var fields)
              ? fields.getOrDefault(name, new Nothing())
              : new Nothing();
    }
    return value;
  }

  /// The items of an array; none of anything else.
  default List<JsonValue> items() {
    return this instanceof Items(var values) ? values : List.of();
  }

  /// The string at a path.
  default Optional<String> findText(String... path) {
    return at(path) instanceof Text(String text) ? Optional.of(text) : Optional.empty();
  }

  /// The string at a path, or another.
  default String text(String name, String otherwise) {
    return findText(name).orElse(otherwise);
  }

  /// The string at a path, or `null`.
  default @Nullable String nullableText(String... path) {
    return findText(path).orElse(null);
  }

  /// The whole number at a path; a fraction is cut off.
  default Optional<Long> findNumber(String... path) {
    return findReal(path).map(Double::longValue).map(rough -> exact(path, rough));
  }

  private long exact(String[] path, long rough) {
    try {
      return at(path) instanceof Figure(String digits) ? Long.parseLong(digits) : rough;
    } catch (NumberFormatException _) {
      return rough;
    }
  }

  /// The whole number at a path, or another.
  default long number(long otherwise, String... path) {
    return findNumber(path).orElse(otherwise);
  }

  /// The number at a path.
  default Optional<Double> findReal(String... path) {
    return at(path) instanceof Figure(String digits)
        ? Optional.of(Double.parseDouble(digits))
        : Optional.empty();
  }

  /// Whether `true` stands at a path.
  default boolean flag(String... path) {
    return at(path) instanceof Flag(boolean value) && value;
  }

  /// Whether there is anything at a path.
  default boolean has(String... path) {
    return !(at(path) instanceof Nothing);
  }

  /// It as JSON.
  default String json() {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  /// Writes it where a value is expected.
  default void write(JsonGenerator json) throws IOException {
    switch (this) {
      case Fields(var values) -> {
        json.writeStartObject();
        for (Map.Entry<String, JsonValue> field : values.entrySet()) {
          json.writeFieldName(field.getKey());
          field.getValue().write(json);
        }
        json.writeEndObject();
      }
      case Items(var values) -> {
        json.writeStartArray();
        for (JsonValue item : values) {
          item.write(json);
        }
        json.writeEndArray();
      }
      case Text(String value) -> json.writeString(value);
      case Figure(String value) -> json.writeNumber(value);
      case Flag(boolean value) -> json.writeBoolean(value);
      case Nothing _ -> json.writeNull();
    }
  }
}
