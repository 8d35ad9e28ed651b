package dev.sandpiper.contract;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of a reply read so far; becomes a reply when the object ends.
final class ReplyDraft {
  private final JsonCursor json;
  private final ContentSink sink;
  private String type = "";
  private long version;
  private String code = "";
  private String message = "";
  private String reason = "";
  private int pageCount;
  private @Nullable Metadata metadata;
  private @Nullable Usage usage;
  private ParseReply.@Nullable Stored stored;
  private final List<Warning> warnings = new ArrayList<>();
  private final List<PageRange> ranges = new ArrayList<>();

  ReplyDraft(JsonCursor json, ContentSink sink) {
    this.json = json;
    this.sink = sink;
  }

  ParseReply read() throws IOException {
    json.start();
    json.object(false, this::field);
    if (version != RequestJson.VERSION) {
      throw new ContractException(
          RejectCode.UNSUPPORTED_VERSION,
          json.requestId(),
          "The reply is contract version " + version + ", expected " + RequestJson.VERSION + ".");
    }
    return switch (type) {
      case ReplyJson.PARSED ->
          new ParseReply.Parsed(
              json.requestId(),
              json.required(metadata, Field.METADATA),
              pageCount,
              warnings,
              json.required(usage, Field.USAGE),
              stored);
      case Field.SPLIT -> new ParseReply.Split(json.requestId(), pageCount, ranges, reason);
      case ReplyJson.REJECTED ->
          new ParseReply.Rejected(
              json.requestId(),
              WireName.parse(RejectCode.class, code, RejectCode.UNKNOWN),
              message);
      case ReplyJson.FAILED ->
          new ParseReply.Failed(
              json.requestId(), WireName.parse(FailCode.class, code, FailCode.UNKNOWN), message);
      default -> throw json.malformed("unknown reply type \"" + type + "\"");
    };
  }

  private boolean field(String name) throws IOException {
    switch (name) {
      case Field.V -> version = json.integer();
      case Field.TYPE -> type = json.string();
      case Field.REQUEST_ID -> json.rememberRequestId(json.string());
      case Field.CODE -> code = json.string();
      case Field.MESSAGE -> message = json.string();
      case Field.REASON -> reason = json.string();
      case Field.PAGE_COUNT -> pageCount = json.smallInteger();
      case Field.METADATA -> metadata = readMetadata();
      case Field.USAGE -> usage = readUsage();
      case Field.STORED -> stored = readStored();
      case Field.WARNINGS -> json.array(() -> warnings.add(readWarning()));
      case Field.RANGES -> json.array(() -> ranges.add(RequestJson.readRange(json)));
      case Field.CONTENT -> ContentJson.read(json, sink);
      default -> {
        return false;
      }
    }
    return true;
  }

  private Metadata readMetadata() throws IOException {
    @Nullable String[] text = new @Nullable String[4];
    @Nullable Instant[] when = new @Nullable Instant[2];
    List<String> authors = new ArrayList<>();
    Map<String, String> properties = new LinkedHashMap<>();
    json.object(
        false,
        name -> {
          switch (name) {
            case Field.MEDIA_TYPE -> text[0] = json.string();
            case Field.TITLE -> text[1] = json.nullableString();
            case Field.LANGUAGE -> text[2] = json.nullableString();
            case Field.PRODUCER -> text[3] = json.nullableString();
            case Field.AUTHORS -> authors.addAll(json.strings());
            case Field.CREATED -> when[0] = json.nullableInstant();
            case Field.MODIFIED -> when[1] = json.nullableInstant();
            case Field.PROPERTIES -> properties.putAll(json.stringMap());
            default -> {
              return false;
            }
          }
          return true;
        });
    return new Metadata(
        json.required(text[0], Field.MEDIA_TYPE),
        text[1],
        authors,
        when[0],
        when[1],
        text[2],
        text[3],
        properties);
  }

  private Usage readUsage() throws IOException {
    long[] value = new long[4];
    boolean[] cold = new boolean[1];
    json.object(
        false,
        name -> {
          switch (name) {
            case Field.WALL_MILLIS -> value[0] = json.integer();
            case Field.CPU_MILLIS -> value[1] = json.integer();
            case Field.BYTES_IN -> value[2] = json.integer();
            case Field.PAGES -> value[3] = json.smallInteger();
            case Field.COLD_START -> cold[0] = json.bool();
            default -> {
              return false;
            }
          }
          return true;
        });
    return new Usage(value[0], value[1], value[2], (int) value[3], cold[0]);
  }

  private ParseReply.Stored readStored() throws IOException {
    @Nullable String[] hash = new @Nullable String[1];
    long[] size = new long[1];
    json.object(
        false,
        name -> {
          switch (name) {
            case Field.SHA256 -> hash[0] = json.string();
            case Field.SIZE -> size[0] = json.integer();
            default -> {
              return false;
            }
          }
          return true;
        });
    return new ParseReply.Stored(json.required(hash[0], Field.SHA256), size[0]);
  }

  private Warning readWarning() throws IOException {
    @Nullable String[] text = new @Nullable String[3];
    json.object(
        false,
        name -> {
          switch (name) {
            case Field.CODE -> text[0] = json.string();
            case Field.MESSAGE -> text[1] = json.string();
            case Field.PLACE -> text[2] = json.nullableString();
            default -> {
              return false;
            }
          }
          return true;
        });
    return new Warning(
        json.required(text[0], Field.CODE), json.required(text[1], Field.MESSAGE), text[2]);
  }
}
