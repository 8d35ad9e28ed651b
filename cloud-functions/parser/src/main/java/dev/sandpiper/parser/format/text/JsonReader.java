package dev.sandpiper.parser.format.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.sandpiper.parser.detect.CharsetDetector;
import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JSON: an array of flat objects, or one such object per line, is a table; anything else is kept
/// as indented code.
public final class JsonReader implements FormatParser {

  private static final int DEEPEST = 1000;
  private static final int MOST_COLUMNS = 100;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  @Override
  public Set<Format> formats() {
    return Set.of(Format.JSON);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    Block table = table(source, context);
    List<Block> blocks =
        table == null ? new IndentedJson(FACTORY, context).read(source) : List.of(table);
    return new Document(Metadata.NONE, 1, blocks);
  }

  /// The document as a table; `null` when it is not one.
  private static @Nullable Block table(ByteSource source, ParseContext context) throws IOException {
    List<Map<String, String>> records = new ArrayList<>();
    Map<String, Integer> columns = new LinkedHashMap<>();
    TextRoom room = new TextRoom(context);
    int last = 1;
    try (Reader reader = CharsetDetector.open(source);
        JsonParser json = FACTORY.createParser(reader)) {
      JsonToken token = json.nextToken();
      if (token == JsonToken.START_ARRAY) {
        token = json.nextToken();
      }
      while (token == JsonToken.START_OBJECT) {
        Map<String, String> record = flat(json);
        if (record == null || columns.size() > MOST_COLUMNS) {
          return null;
        }
        record.keySet().forEach(name -> columns.putIfAbsent(name, columns.size()));
        records.add(record);
        last = json.currentLocation().getLineNr();
        if (!room.take(length(record), record.size())) {
          break;
        }
        token = json.nextToken();
      }
      if (token != null && token != JsonToken.END_ARRAY && token != JsonToken.START_OBJECT) {
        return null;
      }
    } catch (IOException e) {
      return null; // the other way of reading says what is wrong
    }
    boolean worthIt = records.size() > 1 && !columns.isEmpty();
    return worthIt ? table(records, List.copyOf(columns.keySet()), last) : null;
  }

  private static long length(Map<String, String> record) {
    return record.values().stream().mapToLong(value -> value.length() + 1L).sum();
  }

  /// The fields of an object without objects or arrays in it; `null` when there are some.
  private static @Nullable Map<String, String> flat(JsonParser json) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (!value.isScalarValue()) {
        return null;
      }
      fields.put(name, value == JsonToken.VALUE_NULL ? "" : json.getText());
    }
    return fields;
  }

  private static Block table(List<Map<String, String>> records, List<String> columns, int last) {
    SourceSpan span = new SourceSpan.Lines(1, last);
    List<Block.Row> rows = new ArrayList<>();
    rows.add(
        new Block.Row(columns.stream().map(name -> Block.Cell.of(Text.of(name), span)).toList()));
    for (Map<String, String> record : records) {
      rows.add(
          new Block.Row(
              columns.stream()
                  .map(name -> Block.Cell.of(Text.of(record.getOrDefault(name, "")), span))
                  .toList()));
    }
    return new Block.Table(null, 1, rows, span);
  }
}
