package dev.sandpiper.contract;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/// Replies as JSON: an envelope, then the content, which streams on both sides. A stored result is
/// a whole reply with its content. Unknown fields are skipped, so that an edge can read a slightly
/// newer function.
public final class ReplyJson {

  static final String PARSED = "parsed";
  static final String REJECTED = "rejected";
  static final String FAILED = "failed";

  private ReplyJson() {}

  /// Writes `reply` and, for [ParseReply.Parsed], its content to `out`, which stays open.
  public static void write(ParseReply reply, ContentSource content, OutputStream out)
      throws IOException {
    try (JsonGenerator json = JsonCursor.FACTORY.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeNumberField(Field.V, RequestJson.VERSION);
      json.writeStringField(Field.REQUEST_ID, reply.requestId());
      switch (reply) {
        case ParseReply.Parsed parsed -> {
          json.writeStringField(Field.TYPE, PARSED);
          writeEnvelope(parsed, json);
          json.writeObjectFieldStart(Field.CONTENT);
          ContentJson.Writer sections = new ContentJson.Writer(json);
          content.writeTo(sections);
          sections.endSection();
          json.writeEndObject();
        }
        case ParseReply.Split split -> {
          json.writeStringField(Field.TYPE, Field.SPLIT);
          json.writeNumberField(Field.PAGE_COUNT, split.pageCount());
          json.writeArrayFieldStart(Field.RANGES);
          for (PageRange range : split.ranges()) {
            RequestJson.writeRange(range, json);
          }
          json.writeEndArray();
          json.writeStringField(Field.REASON, split.reason());
        }
        case ParseReply.Rejected rejected ->
            writeRefusal(REJECTED, rejected.code(), rejected.message(), json);
        case ParseReply.Failed failed ->
            writeRefusal(FAILED, failed.code(), failed.message(), json);
      }
      json.writeEndObject();
    }
  }

  /// Reads a reply; its content goes to `sink` while it is read.
  ///
  /// @throws ContractException when the text is not a reply of version 1
  /// @throws IOException when `in` cannot be read or `sink` refuses a piece
  public static ParseReply read(InputStream in, ContentSink sink) throws IOException {
    try (JsonCursor json = new JsonCursor(in)) {
      return json.contract(() -> new ReplyDraft(json, sink).read());
    }
  }

  private static void writeRefusal(String type, WireName code, String message, JsonGenerator json)
      throws IOException {
    json.writeStringField(Field.TYPE, type);
    json.writeStringField(Field.CODE, code.wire());
    json.writeStringField(Field.MESSAGE, message);
  }

  private static void writeEnvelope(ParseReply.Parsed parsed, JsonGenerator json)
      throws IOException {
    writeMetadata(parsed.metadata(), json);
    json.writeNumberField(Field.PAGE_COUNT, parsed.pageCount());
    json.writeArrayFieldStart(Field.WARNINGS);
    for (Warning warning : parsed.warnings()) {
      json.writeStartObject();
      json.writeStringField(Field.CODE, warning.code());
      json.writeStringField(Field.MESSAGE, warning.message());
      if (warning.place() != null) {
        json.writeStringField(Field.PLACE, warning.place());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart(Field.USAGE);
    json.writeNumberField(Field.WALL_MILLIS, parsed.usage().wallMillis());
    json.writeNumberField(Field.CPU_MILLIS, parsed.usage().cpuMillis());
    json.writeNumberField(Field.BYTES_IN, parsed.usage().bytesIn());
    json.writeNumberField(Field.PAGES, parsed.usage().pages());
    json.writeBooleanField(Field.COLD_START, parsed.usage().coldStart());
    json.writeEndObject();
    if (parsed.stored() != null) {
      json.writeObjectFieldStart(Field.STORED);
      json.writeStringField(Field.SHA256, parsed.stored().sha256());
      json.writeNumberField(Field.SIZE, parsed.stored().size());
      json.writeEndObject();
    }
  }

  private static void writeMetadata(Metadata metadata, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(Field.METADATA);
    json.writeStringField(Field.MEDIA_TYPE, metadata.mediaType());
    if (metadata.title() != null) {
      json.writeStringField(Field.TITLE, metadata.title());
    }
    json.writeArrayFieldStart(Field.AUTHORS);
    for (String author : metadata.authors()) {
      json.writeString(author);
    }
    json.writeEndArray();
    if (metadata.created() != null) {
      json.writeStringField(Field.CREATED, metadata.created().toString());
    }
    if (metadata.modified() != null) {
      json.writeStringField(Field.MODIFIED, metadata.modified().toString());
    }
    if (metadata.language() != null) {
      json.writeStringField(Field.LANGUAGE, metadata.language());
    }
    if (metadata.producer() != null) {
      json.writeStringField(Field.PRODUCER, metadata.producer());
    }
    json.writeObjectFieldStart(Field.PROPERTIES);
    for (Map.Entry<String, String> property : metadata.properties().entrySet()) {
      json.writeStringField(property.getKey(), property.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
