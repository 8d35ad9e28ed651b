package dev.sandpiper.edge.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.util.List;

/// What a message says, as it lies in the database.
final class SaidJson {
  private static final String TYPE = "type";
  private static final String TEXT = "text";
  private static final String FILES = "files";
  private static final String NAME = "name";
  private static final String SIZE = "size";
  private static final String MEDIA_TYPE = "mediaType";
  private static final String REFERENCE = "reference";
  private static final String MESSAGE_ID = "messageId";
  private static final String REPLY_TO = "replyTo";
  private static final String TOO_LONG = "tooLong";
  private static final String DOCUMENT = "document";
  private static final String PROGRESS = "progress";
  private static final String WORDS = "words";
  private static final String PRESS = "press";
  private static final String NEWS = "news";
  private static final String SCHEDULED = "scheduled";
  private static final String SCHEDULE = "schedule";
  private static final String PLANNED = "planned";
  private static final String QUIET = "quiet";
  private static final String NOTE = "note";

  private SaidJson() {}

  static String write(Said said) {
    return Json.line(json -> {
      json.writeStartObject();
      switch (said) {
        case Said.Words words -> words(json, words);
        case Said.Pressed pressed -> {
          json.writeStringField(TYPE, PRESS);
          json.writeStringField(TEXT, pressed.data());
          json.writeStringField(MESSAGE_ID, pressed.messageId());
        }
        case Said.News news -> {
          json.writeStringField(TYPE, NEWS);
          json.writeStringField(DOCUMENT, news.document());
          json.writeStringField(NAME, news.name());
          json.writeStringField(TEXT, news.caption());
          Json.text(json, PROGRESS, news.progress());
        }
        case Said.Scheduled scheduled -> {
          json.writeStringField(TYPE, SCHEDULED);
          json.writeStringField(TEXT, scheduled.text());
          json.writeStringField(SCHEDULE, scheduled.schedule());
          json.writeNumberField(PLANNED, scheduled.planned());
          json.writeBooleanField(QUIET, scheduled.isQuiet());
          json.writeStringField(NOTE, scheduled.note());
        }
      }
      json.writeEndObject();
    });
  }

  private static void words(JsonGenerator json, Said.Words words) throws IOException {
    json.writeStringField(TYPE, WORDS);
    json.writeStringField(TEXT, words.text());
    json.writeStringField(MESSAGE_ID, words.messageId());
    Json.text(json, REPLY_TO, words.replyTo());
    if (words.tooLong() != null) {
      json.writeNumberField(TOO_LONG, words.tooLong());
    }
    json.writeArrayFieldStart(FILES);
    for (IncomingFile file : words.files()) {
      json.writeStartObject();
      json.writeStringField(NAME, file.name());
      json.writeNumberField(SIZE, file.size());
      Json.text(json, MEDIA_TYPE, file.mediaType());
      json.writeStringField(REFERENCE, file.reference());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static Said read(String text) {
    JsonValue json = JsonValue.ours(text);
    return switch (json.text(TYPE, WORDS)) {
      case PRESS -> new Said.Pressed(json.text(TEXT, ""), json.text(MESSAGE_ID, ""));
      case NEWS ->
          new Said.News(
              json.text(DOCUMENT, ""),
              json.text(NAME, ""),
              json.text(TEXT, ""),
              json.nullableText(PROGRESS));
      case SCHEDULED ->
          new Said.Scheduled(
              json.text(TEXT, ""),
              json.text(SCHEDULE, ""),
              json.number(0, PLANNED),
              json.flag(QUIET),
              json.text(NOTE, ""));
      default ->
          new Said.Words(
              json.text(TEXT, ""),
              files(json),
              json.text(MESSAGE_ID, ""),
              json.nullableText(REPLY_TO),
              json.findNumber(TOO_LONG).map(Long::intValue).orElse(null));
    };
  }

  private static List<IncomingFile> files(JsonValue json) {
    return json.at(FILES).items().stream()
        .map(file ->
            new IncomingFile(
                file.text(NAME, ""),
                file.number(-1, SIZE),
                file.nullableText(MEDIA_TYPE),
                file.text(REFERENCE, "")))
        .toList();
  }
}
