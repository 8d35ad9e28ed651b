package dev.sandpiper.edge.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Writes events as JSON lines: `{"at":…,"level":…,"event":…,…}`. Safe for use by several threads.
public final class Journal {

  /// Longest value of a field, in characters; longer ones are cut.
  private static final int LONGEST_VALUE = 2_000;

  private static final JsonFactory JSON = new JsonFactory();

  private final PrintStream out;
  private final InstantSource clock;

  public Journal(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  /// Something an operator may want to know.
  ///
  /// @param fields names and values in turn
  public void info(String event, @Nullable Object... fields) {
    write("info", event, fields);
  }

  /// Something that went wrong and was dealt with.
  ///
  /// @param fields names and values in turn
  public void warn(String event, @Nullable Object... fields) {
    write("warn", event, fields);
  }

  /// Something that needs a person.
  ///
  /// @param fields names and values in turn
  public void error(String event, @Nullable Object... fields) {
    write("error", event, fields);
  }

  private void write(String level, String event, @Nullable Object[] fields) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("at", clock.instant().toString());
      json.writeStringField("level", level);
      json.writeStringField("event", event);
      for (int i = 0; i + 1 < fields.length; i += 2) {
        json.writeFieldName(String.valueOf(fields[i]));
        value(fields[i + 1], json);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println(line);
  }

  private static void value(@Nullable Object value, JsonGenerator json) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Boolean flag -> json.writeBoolean(flag);
      default -> {
        String text = value.toString();
        json.writeString(
            text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text);
      }
    }
  }
}
