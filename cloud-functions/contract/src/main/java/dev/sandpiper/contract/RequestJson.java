package dev.sandpiper.contract;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Requests as JSON. Reading is strict: an unknown or missing field is an error, so that a misspelt
/// limit is never ignored.
public final class RequestJson {

  /// The contract version this code speaks.
  public static final int VERSION = 1;

  private static final String PARSE = "parse";
  private static final String JOIN = "join";

  private RequestJson() {}

  /// Reads one request.
  ///
  /// @throws ContractException when the text is not a request of version 1
  /// @throws IOException when `in` cannot be read
  public static FunctionRequest read(InputStream in) throws IOException {
    try (JsonCursor json = new JsonCursor(in)) {
      return json.contract(() -> new Draft(json).read());
    }
  }

  /// Writes `request` to `out`, which stays open.
  public static void write(FunctionRequest request, OutputStream out) throws IOException {
    try (JsonGenerator json = JsonCursor.FACTORY.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeNumberField(Field.V, VERSION);
      json.writeStringField(Field.TYPE, request instanceof ParseRequest ? PARSE : JOIN);
      json.writeStringField(Field.REQUEST_ID, request.requestId());
      writeDocument(request.document(), json);
      switch (request) {
        case ParseRequest parse -> writeParse(parse, json);
        case JoinRequest join -> {
          json.writeArrayFieldStart(Field.PARTS);
          for (Source part : join.parts()) {
            writeSource(part, json);
          }
          json.writeEndArray();
        }
      }
      writeLimits(request.limits(), json);
      writeTarget(request.result(), json);
      json.writeEndObject();
    }
  }

  private static void writeParse(ParseRequest request, JsonGenerator json) throws IOException {
    if (request.pages() != null) {
      json.writeFieldName(Field.PAGES);
      writeRange(request.pages(), json);
    }
    json.writeArrayFieldStart(Field.OUTPUTS);
    for (Output output : Output.values()) {
      if (request.outputs().contains(output)) {
        json.writeString(wire(output));
      }
    }
    json.writeEndArray();
    json.writeObjectFieldStart(Field.SPLIT);
    json.writeNumberField(Field.MAX_PARTS, request.split().maxParts());
    json.writeNumberField(Field.MIN_PART_MILLIS, request.split().minPartMillis());
    json.writeEndObject();
  }

  private static void writeDocument(DocumentRef document, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(Field.DOCUMENT);
    json.writeStringField(Field.NAME, document.name());
    json.writeStringField(Field.SHA256, document.sha256());
    json.writeNumberField(Field.SIZE, document.size());
    if (document.mediaType() != null) {
      json.writeStringField(Field.MEDIA_TYPE, document.mediaType());
    }
    json.writeFieldName(Field.SOURCE);
    writeSource(document.source(), json);
    json.writeEndObject();
  }

  private static void writeSource(Source source, JsonGenerator json) throws IOException {
    json.writeStartObject();
    switch (source) {
      case Source.Inline(byte[] bytes) -> json.writeBinaryField(Field.INLINE, bytes);
      case Source.S3(String bucket, String key, String versionId) -> {
        json.writeObjectFieldStart(Field.S3);
        json.writeStringField(Field.BUCKET, bucket);
        json.writeStringField(Field.KEY, key);
        if (versionId != null) {
          json.writeStringField(Field.VERSION_ID, versionId);
        }
        json.writeEndObject();
      }
      case Source.File(String path) -> json.writeStringField(Field.FILE, path);
    }
    json.writeEndObject();
  }

  private static void writeTarget(ResultTarget target, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(Field.RESULT);
    switch (target) {
      case ResultTarget.Inline() -> json.writeBooleanField(Field.INLINE, true);
      case ResultTarget.S3(String bucket, String key) -> {
        json.writeObjectFieldStart(Field.S3);
        json.writeStringField(Field.BUCKET, bucket);
        json.writeStringField(Field.KEY, key);
        json.writeEndObject();
      }
      case ResultTarget.File(String path) -> json.writeStringField(Field.FILE, path);
    }
    json.writeEndObject();
  }

  private static void writeLimits(Limits limits, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(Field.LIMITS);
    json.writeNumberField(Field.MAX_BYTES, limits.maxBytes());
    json.writeNumberField(Field.MAX_PAGES, limits.maxPages());
    json.writeNumberField(Field.MAX_DECOMPRESSED_BYTES, limits.maxDecompressedBytes());
    json.writeNumberField(Field.MAX_NESTING, limits.maxNesting());
    json.writeNumberField(Field.MAX_CELLS, limits.maxCells());
    json.writeNumberField(Field.MAX_CHARACTERS, limits.maxCharacters());
    json.writeNumberField(Field.WALL_MILLIS, limits.wallMillis());
    json.writeEndObject();
  }

  static void writeRange(PageRange range, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField(Field.FIRST, range.first());
    json.writeNumberField(Field.LAST, range.last());
    json.writeEndObject();
  }

  static PageRange readRange(JsonCursor json) throws IOException {
    int[] bounds = new int[2];
    json.object(
        true,
        name -> {
          switch (name) {
            case Field.FIRST -> bounds[0] = json.smallInteger();
            case Field.LAST -> bounds[1] = json.smallInteger();
            default -> {
              return false;
            }
          }
          return true;
        });
    return new PageRange(bounds[0], bounds[1]);
  }

  private static String wire(Output output) {
    return output.name().toLowerCase(Locale.ROOT);
  }

  /// The fields read so far; becomes a request when all are there.
  private static final class Draft {
    private final JsonCursor json;
    private @Nullable String type;
    private long version;
    private @Nullable DocumentRef document;
    private @Nullable PageRange pages;
    private @Nullable Set<Output> outputs;
    private @Nullable List<Source> parts;
    private Limits limits = Limits.DEFAULT;
    private SplitPolicy split = SplitPolicy.NONE;
    private ResultTarget result = new ResultTarget.Inline();

    Draft(JsonCursor json) {
      this.json = json;
    }

    FunctionRequest read() throws IOException {
      json.start();
      json.object(true, this::field);
      if (version == 0) {
        throw json.malformed("\"" + Field.V + "\" is missing");
      }
      String id = FunctionRequest.requireId(json.requestId());
      DocumentRef about = json.required(document, Field.DOCUMENT);
      return switch (json.required(type, Field.TYPE)) {
        case PARSE ->
            new ParseRequest(
                id, about, pages, json.required(outputs, Field.OUTPUTS), limits, split, result);
        case JOIN -> new JoinRequest(id, about, json.required(parts, Field.PARTS), limits, result);
        default ->
            throw json.malformed("\"type\" must be \"parse\" or \"join\", not \"" + type + "\"");
      };
    }

    private boolean field(String name) throws IOException {
      switch (name) {
        case Field.V -> requireVersion(json.integer());
        case Field.TYPE -> type = json.string();
        case Field.REQUEST_ID -> json.rememberRequestId(json.string());
        case Field.DOCUMENT -> document = readDocument();
        case Field.PAGES -> pages = readRange(json);
        case Field.OUTPUTS -> outputs = readOutputs();
        case Field.PARTS -> parts = readParts();
        case Field.LIMITS -> limits = readLimits();
        case Field.SPLIT -> split = readSplit();
        case Field.RESULT -> result = readTarget();
        default -> {
          return false;
        }
      }
      return true;
    }

    private void requireVersion(long v) {
      if (v != VERSION) {
        throw new ContractException(
            RejectCode.UNSUPPORTED_VERSION,
            json.requestId(),
            "This function speaks contract version "
                + VERSION
                + ", the request is version "
                + v
                + ". Deploy the function package that belongs to this agent.");
      }
      version = v;
    }

    private DocumentRef readDocument() throws IOException {
      @Nullable String[] text = new @Nullable String[3];
      long[] size = {-1};
      @Nullable Source[] source = new @Nullable Source[1];
      json.object(
          true,
          name -> {
            switch (name) {
              case Field.NAME -> text[0] = json.string();
              case Field.SHA256 -> text[1] = json.string();
              case Field.MEDIA_TYPE -> text[2] = json.string();
              case Field.SIZE -> size[0] = json.integer();
              case Field.SOURCE -> source[0] = readSource();
              default -> {
                return false;
              }
            }
            return true;
          });
      return new DocumentRef(
          json.required(text[0], Field.NAME),
          json.required(text[1], Field.SHA256),
          size[0],
          text[2],
          json.required(source[0], Field.SOURCE));
    }

    private Source readSource() throws IOException {
      @Nullable Source[] source = new @Nullable Source[1];
      json.object(
          true,
          name -> {
            switch (name) {
              case Field.INLINE -> source[0] = new Source.Inline(json.binary());
              case Field.S3 -> source[0] = readS3();
              case Field.FILE -> source[0] = new Source.File(json.string());
              default -> {
                return false;
              }
            }
            return true;
          });
      return json.required(source[0], Field.SOURCE + ".inline, .s3 or .file");
    }

    private Source.S3 readS3() throws IOException {
      @Nullable String[] text = new @Nullable String[3];
      json.object(
          true,
          name -> {
            switch (name) {
              case Field.BUCKET -> text[0] = json.string();
              case Field.KEY -> text[1] = json.string();
              case Field.VERSION_ID -> text[2] = json.string();
              default -> {
                return false;
              }
            }
            return true;
          });
      return new Source.S3(
          json.required(text[0], Field.BUCKET), json.required(text[1], Field.KEY), text[2]);
    }

    private ResultTarget readTarget() throws IOException {
      @Nullable ResultTarget[] target = new @Nullable ResultTarget[1];
      json.object(
          true,
          name -> {
            switch (name) {
              case Field.INLINE -> {
                if (!json.bool()) {
                  throw json.malformed("\"result.inline\" must be true");
                }
                target[0] = new ResultTarget.Inline();
              }
              case Field.S3 -> {
                Source.S3 s3 = readS3();
                target[0] = new ResultTarget.S3(s3.bucket(), s3.key());
              }
              case Field.FILE -> target[0] = new ResultTarget.File(json.string());
              default -> {
                return false;
              }
            }
            return true;
          });
      return json.required(target[0], Field.RESULT + ".inline, .s3 or .file");
    }

    private Set<Output> readOutputs() throws IOException {
      Set<Output> set = EnumSet.noneOf(Output.class);
      json.array(() -> {
        String name = json.string();
        for (Output output : Output.values()) {
          if (wire(output).equals(name)) {
            set.add(output);
            return;
          }
        }
        throw json.malformed(
            "\"outputs\" knows markdown, blocks, chunks and pages, not \"" + name + "\"");
      });
      return set;
    }

    private List<Source> readParts() throws IOException {
      List<Source> list = new ArrayList<>();
      json.array(() -> list.add(readSource()));
      return list;
    }

    private SplitPolicy readSplit() throws IOException {
      long[] value = {1, 1};
      json.object(
          true,
          name -> {
            switch (name) {
              case Field.MAX_PARTS -> value[0] = json.smallInteger();
              case Field.MIN_PART_MILLIS -> value[1] = json.integer();
              default -> {
                return false;
              }
            }
            return true;
          });
      return new SplitPolicy((int) value[0], value[1]);
    }

    private Limits readLimits() throws IOException {
      Limits d = Limits.DEFAULT;
      long[] big = {
        d.maxBytes(), d.maxDecompressedBytes(), d.maxCells(), d.maxCharacters(), d.wallMillis()
      };
      int[] small = {d.maxPages(), d.maxNesting()};
      json.object(
          true,
          name -> {
            switch (name) {
              case Field.MAX_BYTES -> big[0] = json.integer();
              case Field.MAX_PAGES -> small[0] = json.smallInteger();
              case Field.MAX_DECOMPRESSED_BYTES -> big[1] = json.integer();
              case Field.MAX_NESTING -> small[1] = json.smallInteger();
              case Field.MAX_CELLS -> big[2] = json.integer();
              case Field.MAX_CHARACTERS -> big[3] = json.integer();
              case Field.WALL_MILLIS -> big[4] = json.integer();
              default -> {
                return false;
              }
            }
            return true;
          });
      return new Limits(big[0], small[0], big[1], small[1], big[2], big[3], big[4]);
    }
  }
}
