package dev.sandpiper.edge.courier.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.sandpiper.contract.ContractException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The fields of one object on the line. Messages of the contract inside it are kept as they are.
final class Fields {

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Lines.MAX_BYTES)
                  .maxNestingDepth(200)
                  .build())
          .build();

  /// Reads a message from its fields.
  interface Reading<T> {
    T read(Fields fields) throws IOException;
  }

  /// Writes the fields of a message.
  interface Writing {
    void write(JsonGenerator json) throws IOException;
  }

  private final Map<String, Object> values;

  private Fields(Map<String, Object> values) {
    this.values = values;
  }

  static <T> T read(byte[] line, Reading<T> reading) {
    try (JsonParser json = FACTORY.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new ProtocolException("a line must be a JSON object");
      }
      Fields fields = object(json);
      if (json.nextToken() != null) {
        throw new ProtocolException("a line must be one JSON object");
      }
      return reading.read(fields);
    } catch (JsonProcessingException e) {
      throw new ProtocolException("a line is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException | IllegalArgumentException | ContractException e) {
      throw new ProtocolException("a line is malformed: " + e.getMessage(), e);
    }
  }

  /// A message as one line, with its end.
  static byte[] line(String op, Writing writing) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField(Word.OP, op);
      writing.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("memory refused a line", e);
    }
    out.write('\n');
    return out.toByteArray();
  }

  private static Fields object(JsonParser json) throws IOException {
    Map<String, Object> values = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      Object value = name.equals(Word.REQUEST) || name.equals(Word.REPLY) ? raw(json) : value(json);
      if (value != null) {
        values.put(name, value);
      }
    }
    return new Fields(values);
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> {
        List<Fields> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new ProtocolException("a list holds objects");
          }
          list.add(object(json));
        }
        yield list;
      }
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static byte[] raw(JsonParser json) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator copy = FACTORY.createGenerator(out)) {
      copy.copyCurrentStructure(json);
    }
    return out.toByteArray();
  }

  /// Writes a message of the contract as the value of the field that was just named.
  static void writeRaw(ByteArrayOutputStream message, JsonGenerator json) throws IOException {
    json.writeRawValue(message.toString(StandardCharsets.UTF_8));
  }

  String op() {
    return text(Word.OP);
  }

  String text(String name) {
    return typed(name, String.class, "a string");
  }

  long number(String name) {
    return typed(name, Long.class, "a whole number");
  }

  long numberOr(String name, long missing) {
    return values.containsKey(name) ? number(name) : missing;
  }

  boolean flag(String name) {
    return values.containsKey(name) && typed(name, Boolean.class, "true or false");
  }

  byte[] message(String name) {
    return typed(name, byte[].class, "an object");
  }

  Fields object(String name) {
    return typed(name, Fields.class, "an object");
  }

  List<Fields> list(String name) {
    List<Fields> list = new ArrayList<>();
    for (Object entry : typed(name, List.class, "a list")) {
      list.add((Fields) entry);
    }
    return list;
  }

  Optional<String> findText(String name) {
    return values.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
  }

  Path path(String name) {
    return absolute(name, text(name));
  }

  Optional<Path> findPath(String name) {
    return findText(name).map(text -> absolute(name, text));
  }

  private static Path absolute(String name, String text) {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw new ProtocolException("\"" + name + "\" is no path: " + text, e);
    }
    throw new ProtocolException("\"" + name + "\" must be an absolute path, not " + text);
  }

  private <T> T typed(String name, Class<T> type, String what) {
    Object value = values.get(name);
    if (!type.isInstance(value)) {
      throw new ProtocolException(
          value == null ? "\"" + name + "\" is missing" : "\"" + name + "\" must be " + what);
    }
    return type.cast(value);
  }
}
