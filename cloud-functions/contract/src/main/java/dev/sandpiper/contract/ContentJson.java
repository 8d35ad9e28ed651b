package dev.sandpiper.contract;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The content section of a reply: one array per kind of piece, written and read piece by piece.
final class ContentJson {

  /// Longest piece of Markdown written, in characters: whoever reads it needs that much memory.
  private static final int LONGEST_PIECE = 32 << 10;

  private ContentJson() {}

  /// Writes pieces, opening and closing the arrays as their kind changes.
  static final class Writer implements ContentSink {
    private final JsonGenerator json;
    private @Nullable String section;
    private final List<String> closed = new ArrayList<>();

    Writer(JsonGenerator json) {
      this.json = json;
    }

    @Override
    public void markdown(String piece) throws IOException {
      section(Field.MARKDOWN);
      int from = 0;
      while (piece.length() - from > LONGEST_PIECE) {
        int to = from + LONGEST_PIECE;
        if (Character.isHighSurrogate(piece.charAt(to - 1))) {
          to--;
        }
        json.writeString(piece.substring(from, to));
        from = to;
      }
      json.writeString(from == 0 ? piece : piece.substring(from));
    }

    @Override
    public void block(String object) throws IOException {
      section(Field.BLOCKS);
      json.writeRawValue(object);
    }

    @Override
    public void chunk(Chunk chunk) throws IOException {
      section(Field.CHUNKS);
      writeChunk(chunk, json);
    }

    @Override
    public void page(String value) throws IOException {
      section(Field.PAGES);
      json.writeRawValue(value);
    }

    void endSection() throws IOException {
      if (section != null) {
        json.writeEndArray();
        closed.add(section);
        section = null;
      }
    }

    private void section(String name) throws IOException {
      if (name.equals(section)) {
        return;
      }
      endSection();
      if (closed.contains(name)) {
        throw new IllegalStateException("content: " + name + " pieces must come together");
      }
      json.writeArrayFieldStart(name);
      section = name;
    }
  }

  /// Reads the content object, handing each piece to `sink`.
  static void read(JsonCursor json, ContentSink sink) throws IOException {
    json.object(
        false,
        name -> {
          ContentSink.Section section =
              switch (name) {
                case Field.MARKDOWN -> ContentSink.Section.MARKDOWN;
                case Field.BLOCKS -> ContentSink.Section.BLOCKS;
                case Field.CHUNKS -> ContentSink.Section.CHUNKS;
                case Field.PAGES -> ContentSink.Section.PAGES;
                default -> null;
              };
          if (section == null || !sink.wants(section)) {
            return false;
          }
          json.array(() -> {
            switch (section) {
              case MARKDOWN -> sink.markdown(json.string());
              case BLOCKS -> sink.block(raw(json));
              case CHUNKS -> sink.chunk(readChunk(json));
              case PAGES -> sink.page(raw(json));
            }
          });
          return true;
        });
  }

  private static String raw(JsonCursor json) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator copy = JsonCursor.FACTORY.createGenerator(text)) {
      copy.copyCurrentStructure(json.parser());
    }
    return text.toString();
  }

  private static void writeChunk(Chunk chunk, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField(Field.ID, chunk.id());
    json.writeNumberField(Field.ORDINAL, chunk.ordinal());
    json.writeArrayFieldStart(Field.HEADINGS);
    for (String heading : chunk.headings()) {
      json.writeString(heading);
    }
    json.writeEndArray();
    if (chunk.pages() != null) {
      json.writeFieldName(Field.PAGES);
      RequestJson.writeRange(chunk.pages(), json);
    }
    if (chunk.place() != null) {
      json.writeStringField(Field.PLACE, chunk.place());
    }
    json.writeStringField(Field.TEXT, chunk.text());
    json.writeEndObject();
  }

  private static Chunk readChunk(JsonCursor json) throws IOException {
    @Nullable String[] text = new @Nullable String[3];
    int[] ordinal = new int[1];
    List<String> headings = new ArrayList<>();
    @Nullable PageRange[] pages = new @Nullable PageRange[1];
    json.object(
        false,
        name -> {
          switch (name) {
            case Field.ID -> text[0] = json.string();
            case Field.ORDINAL -> ordinal[0] = json.smallInteger();
            case Field.HEADINGS -> headings.addAll(json.strings());
            case Field.PAGES -> pages[0] = RequestJson.readRange(json);
            case Field.PLACE -> text[1] = json.string();
            case Field.TEXT -> text[2] = json.string();
            default -> {
              return false;
            }
          }
          return true;
        });
    return new Chunk(
        json.required(text[0], Field.ID),
        ordinal[0],
        headings,
        pages[0],
        text[1],
        json.required(text[2], Field.TEXT));
  }
}
