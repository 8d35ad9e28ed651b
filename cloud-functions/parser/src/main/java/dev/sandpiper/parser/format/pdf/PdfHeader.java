package dev.sandpiper.parser.format.pdf;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.format.pdf.page.PageJson;
import dev.sandpiper.parser.task.ParseWarning;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of a PDF before its pages are read; the first of the values a part sends.
record PdfHeader(Metadata metadata, int pageCount, List<ParseWarning> warnings) {

  static final String KIND = "pdf";

  private static final JsonFactory JSON = new JsonFactory();

  PdfHeader {
    warnings = List.copyOf(warnings);
  }

  static boolean isHeader(String json) {
    return json.startsWith("[\"" + KIND + "\"");
  }

  String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartArray();
      out.writeString(KIND);
      out.writeNumber(pageCount);
      out.writeString(metadata.title());
      out.writeString(instant(metadata.created()));
      out.writeString(instant(metadata.modified()));
      out.writeString(metadata.language());
      out.writeString(metadata.producer());
      out.writeStartArray();
      for (String author : metadata.authors()) {
        out.writeString(author);
      }
      out.writeEndArray();
      out.writeStartArray();
      for (Map.Entry<String, String> property : metadata.properties().entrySet()) {
        out.writeString(property.getKey());
        out.writeString(property.getValue());
      }
      out.writeEndArray();
      PageJson.writeWarnings(out, warnings);
      out.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static PdfHeader fromJson(String text) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      json.nextToken();
      int pageCount = json.nextIntValue(0);
      Metadata.Builder metadata =
          Metadata.builder()
              .title(json.nextTextValue())
              .created(parsed(json.nextTextValue()))
              .modified(parsed(json.nextTextValue()))
              .language(json.nextTextValue())
              .producer(json.nextTextValue());
      json.nextToken();
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        metadata.author(json.getText());
      }
      json.nextToken();
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        metadata.property(json.getText(), json.nextTextValue());
      }
      return new PdfHeader(metadata.build(), pageCount, PageJson.readWarnings(json));
    }
  }

  private static @Nullable String instant(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static @Nullable Instant parsed(@Nullable String time) {
    return time == null ? null : Instant.parse(time);
  }
}
