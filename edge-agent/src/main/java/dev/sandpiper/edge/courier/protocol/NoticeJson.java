package dev.sandpiper.edge.courier.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.contract.ContentSink;
import dev.sandpiper.contract.ContentSource;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.contract.WireName;
import dev.sandpiper.edge.health.CheckResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;

/// Notices as lines.
public final class NoticeJson {

  private static final String READY = "ready";
  private static final String ANSWER = "answer";
  private static final String REFUSED = "refused";
  private static final String USAGE = "usage";
  private static final String LISTED = "listed";
  private static final String FETCHED = "fetched";
  private static final String DROPPED = "dropped";
  private static final String CLEANED = "cleaned";
  private static final String PROBLEM = "problem";

  private NoticeJson() {}

  /// The notice as one line, with its end.
  public static byte[] line(Notice notice) {
    return switch (notice) {
      case Notice.Ready() -> Fields.line(READY, _ -> {});
      case Notice.Answer answer -> Fields.line(ANSWER, json -> writeAnswer(answer, json));
      case Notice.Refused refused ->
          Fields.line(
              REFUSED,
              json -> {
                json.writeStringField(Word.ID, refused.id());
                json.writeStringField(Word.FAULT, refused.fault().wire());
                json.writeStringField(Word.MESSAGE, refused.message());
              });
      case Notice.Usage usage -> Fields.line(USAGE, json -> writeUsage(usage, json));
      case Notice.Checks checks -> Fields.line(Word.CHECKS, json -> writeChecks(checks, json));
      case Notice.Listed listed -> Fields.line(LISTED, json -> writeListed(listed, json));
      case Notice.Fetched(String key) ->
          Fields.line(FETCHED, json -> json.writeStringField(Word.KEY, key));
      case Notice.Dropped(String key) ->
          Fields.line(DROPPED, json -> json.writeStringField(Word.KEY, key));
      case Notice.Cleaned(long objects) ->
          Fields.line(CLEANED, json -> json.writeNumberField(Word.OBJECTS, objects));
      case Notice.Problem(String message) ->
          Fields.line(PROBLEM, json -> json.writeStringField(Word.MESSAGE, message));
    };
  }

  /// Reads one line.
  ///
  /// @throws ProtocolException when it is no notice
  public static Notice read(byte[] line) {
    return Fields.read(line, NoticeJson::notice);
  }

  private static Notice notice(Fields fields) throws IOException {
    String op = fields.op();
    return switch (op) {
      case READY -> new Notice.Ready();
      case ANSWER ->
          new Notice.Answer(
              fields.text(Word.ID),
              ReplyJson.read(
                  new ByteArrayInputStream(fields.message(Word.REPLY)), ContentSink.IGNORE),
              fields.findPath(Word.FILE).orElse(null));
      case REFUSED ->
          new Notice.Refused(
              fields.text(Word.ID),
              WireName.parse(Fault.class, fields.text(Word.FAULT), Fault.INTERNAL),
              fields.text(Word.MESSAGE));
      case USAGE -> readUsage(fields);
      case Word.CHECKS ->
          new Notice.Checks(fields.list(Word.CHECKS).stream().map(NoticeJson::readCheck).toList());
      case LISTED ->
          new Notice.Listed(
              fields.list(Word.OBJECTS).stream().map(NoticeJson::readItem).toList(),
              fields.flag(Word.MORE));
      case FETCHED -> new Notice.Fetched(fields.text(Word.KEY));
      case DROPPED -> new Notice.Dropped(fields.text(Word.KEY));
      case CLEANED -> new Notice.Cleaned(fields.number(Word.OBJECTS));
      case PROBLEM -> new Notice.Problem(fields.text(Word.MESSAGE));
      default -> throw new ProtocolException("unknown notice \"" + op + "\"");
    };
  }

  private static void writeAnswer(Notice.Answer answer, JsonGenerator json) throws IOException {
    json.writeStringField(Word.ID, answer.id());
    ByteArrayOutputStream reply = new ByteArrayOutputStream(1024);
    ReplyJson.write(answer.reply(), ContentSource.EMPTY, reply);
    json.writeFieldName(Word.REPLY);
    Fields.writeRaw(reply, json);
    if (answer.file() != null) {
      json.writeStringField(Word.FILE, answer.file().toString());
    }
  }

  private static void writeUsage(Notice.Usage usage, JsonGenerator json) throws IOException {
    json.writeNumberField(Word.S3_PUT, usage.s3Put());
    json.writeNumberField(Word.S3_GET, usage.s3Get());
    json.writeNumberField(Word.S3_DELETE, usage.s3Delete());
    json.writeNumberField(Word.S3_LIST, usage.s3List());
    json.writeNumberField(Word.SQS, usage.sqs());
    json.writeNumberField(Word.INVOKE, usage.invoke());
    json.writeNumberField(Word.GB_MILLIS, usage.gbMillis());
  }

  private static Notice.Usage readUsage(Fields fields) {
    return new Notice.Usage(
        fields.number(Word.S3_PUT),
        fields.number(Word.S3_GET),
        fields.number(Word.S3_DELETE),
        fields.number(Word.S3_LIST),
        fields.number(Word.SQS),
        fields.number(Word.INVOKE),
        fields.number(Word.GB_MILLIS));
  }

  private static void writeChecks(Notice.Checks checks, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart(Word.CHECKS);
    for (CheckResult check : checks.checks()) {
      json.writeStartObject();
      json.writeStringField(Word.NAME, check.name());
      json.writeStringField(Word.STATUS, check.status().name().toLowerCase(Locale.ROOT));
      json.writeStringField(Word.DETAIL, check.detail());
      json.writeStringField(Word.FIX, check.fix());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static CheckResult readCheck(Fields fields) {
    return new CheckResult(
        fields.text(Word.NAME),
        CheckResult.Status.valueOf(fields.text(Word.STATUS).toUpperCase(Locale.ROOT)),
        fields.text(Word.DETAIL),
        fields.text(Word.FIX));
  }

  private static void writeListed(Notice.Listed listed, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart(Word.OBJECTS);
    for (Notice.Item item : listed.objects()) {
      json.writeStartObject();
      json.writeStringField(Word.KEY, item.key());
      json.writeNumberField(Word.SIZE, item.size());
      json.writeStringField(Word.NAME, item.name());
      json.writeStringField(Word.TYPE, item.type());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (listed.more()) {
      json.writeBooleanField(Word.MORE, true);
    }
  }

  private static Notice.Item readItem(Fields fields) {
    return new Notice.Item(
        fields.text(Word.KEY),
        fields.number(Word.SIZE),
        fields.text(Word.NAME),
        fields.text(Word.TYPE));
  }
}
