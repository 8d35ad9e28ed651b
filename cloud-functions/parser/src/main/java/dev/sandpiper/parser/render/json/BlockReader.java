package dev.sandpiper.parser.render.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Box;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads blocks from a JSON stream. An object is first read into a map of its fields, because
/// `span` comes last and the blocks inside need it.
final class BlockReader {

  private final JsonParser json;

  BlockReader(JsonParser json) {
    this.json = json;
  }

  Block block(@Nullable SourceSpan outer) throws IOException {
    return block(fields(value()), outer);
  }

  private static Block block(Fields fields, @Nullable SourceSpan outer) {
    SourceSpan span = span(fields, outer);
    String type = fields.string(Names.TYPE);
    return switch (type) {
      case Names.HEADING -> new Block.Heading(fields.number(Names.LEVEL), text(fields), span);
      case Names.PARAGRAPH -> new Block.Paragraph(text(fields), span);
      case Names.LIST ->
          new Block.ListBlock(
              fields.flag(Names.ORDERED), fields.number(Names.START), items(fields, span), span);
      case Names.TABLE -> table(fields, span);
      case Names.CODE ->
          new Block.Code(fields.string(Names.TEXT), fields.optional(Names.LANGUAGE), span);
      case Names.QUOTE -> new Block.Quote(content(fields, span), span);
      case Names.IMAGE ->
          new Block.Image(fields.optional(Names.ALT), fields.optional(Names.TARGET), span);
      case Names.NOTE ->
          new Block.Note(
              constant(Block.Note.Kind.class, fields.string(Names.KIND)),
              fields.string(Names.ID),
              content(fields, span),
              span);
      case Names.RULE -> new Block.Rule(span);
      case Names.PAGE_BREAK -> new Block.PageBreak(fields.number(Names.PAGE), span);
      default -> throw new IllegalArgumentException("not a block: unknown type " + type);
    };
  }

  private static List<Block.Item> items(Fields list, SourceSpan span) {
    List<Block.Item> items = new ArrayList<>();
    for (Object element : list.array(Names.ITEMS)) {
      Fields item = fields(element);
      Boolean checked = item.has(Names.CHECKED) ? item.flag(Names.CHECKED) : null;
      items.add(new Block.Item(content(item, span), checked));
    }
    return items;
  }

  private static Block.Table table(Fields table, SourceSpan span) {
    List<Block.Row> rows = new ArrayList<>();
    for (Object row : table.array(Names.ROWS)) {
      List<Block.Cell> cells = new ArrayList<>();
      for (Object cell : array(row)) {
        cells.add(cell(fields(cell), span));
      }
      rows.add(new Block.Row(cells));
    }
    Text caption = table.has(Names.CAPTION) ? text(table.object(Names.CAPTION)) : null;
    return new Block.Table(caption, table.number(Names.HEADER_ROWS), rows, span);
  }

  private static Block.Cell cell(Fields cell, SourceSpan table) {
    List<Block> content =
        cell.has(Names.TEXT)
            ? List.of(new Block.Paragraph(text(cell), span(cell, table)))
            : cell.has(Names.CONTENT) ? content(cell, table) : List.of();
    int rowSpan = cell.has(Names.ROW_SPAN) ? cell.number(Names.ROW_SPAN) : 1;
    int colSpan = cell.has(Names.COL_SPAN) ? cell.number(Names.COL_SPAN) : 1;
    return new Block.Cell(content, rowSpan, colSpan);
  }

  private static List<Block> content(Fields fields, SourceSpan span) {
    List<Block> blocks = new ArrayList<>();
    for (Object element : fields.array(Names.CONTENT)) {
      blocks.add(block(fields(element), span));
    }
    return blocks;
  }

  private static Text text(Fields fields) {
    if (!fields.has(Names.SPANS)) {
      return Text.of(fields.string(Names.TEXT));
    }
    List<Span> spans = new ArrayList<>();
    for (Object element : fields.array(Names.SPANS)) {
      Fields span = fields(element);
      Set<Span.Mark> marks = EnumSet.noneOf(Span.Mark.class);
      if (span.has(Names.MARKS)) {
        span.array(Names.MARKS)
            .forEach(mark -> marks.add(constant(Span.Mark.class, mark.toString())));
      }
      spans.add(
          new Span(
              span.string(Names.TEXT),
              marks,
              span.optional(Names.LINK),
              span.optional(Names.NOTE_REF)));
    }
    return new Text(spans);
  }

  private static SourceSpan span(Fields block, @Nullable SourceSpan outer) {
    if (block.has(Names.SPAN)) {
      return span(block.object(Names.SPAN));
    }
    if (outer == null) {
      throw new IllegalArgumentException("not a block: the outermost block needs a span");
    }
    return outer;
  }

  private static SourceSpan span(Fields span) {
    if (span.has(Names.PAGE)) {
      return new SourceSpan.OnPage(
          span.number(Names.PAGE), span.has(Names.BOX) ? box(span.array(Names.BOX)) : null);
    }
    if (span.has(Names.SHEET)) {
      return new SourceSpan.InSheet(span.string(Names.SHEET), span.string(Names.CELLS));
    }
    if (span.has(Names.SLIDE)) {
      return new SourceSpan.OnSlide(span.number(Names.SLIDE));
    }
    if (span.has(Names.LINES)) {
      List<Object> lines = span.array(Names.LINES);
      return new SourceSpan.Lines((int) number(lines.get(0)), (int) number(lines.get(1)));
    }
    String part = span.string(Names.PART);
    return span.has(Names.IN)
        ? new SourceSpan.Inside(part, span(span.object(Names.IN)))
        : new SourceSpan.InPart(part);
  }

  private static Box box(List<Object> edges) {
    return new Box(
        number(edges.get(0)), number(edges.get(1)), number(edges.get(2)), number(edges.get(3)));
  }

  private static float number(Object value) {
    if (value instanceof Number number) {
      return number.floatValue();
    }
    throw new IllegalArgumentException("not a block: a number is missing");
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }

  private static Fields fields(Object value) {
    if (value instanceof Fields fields) {
      return fields;
    }
    throw new IllegalArgumentException("not a block: an object is missing");
  }

  private static List<Object> array(Object value) {
    if (value instanceof List<?> list) {
      return List.copyOf(list);
    }
    throw new IllegalArgumentException("not a block: an array is missing");
  }

  /// Any JSON value but null: fields, a list, a string, a number or a boolean.
  private Object value() throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> values = new HashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        values.put(name, value());
      }
      return new Fields(values);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> values = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        values.add(value());
      }
      return values;
    }
    if (token == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      return json.getNumberValue();
    }
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return json.getBooleanValue();
    }
    throw new IllegalArgumentException("not a block: unexpected " + token);
  }

  /// The fields of one object, each asked for with the type it must have.
  private record Fields(Map<String, Object> values) {

    boolean has(String name) {
      return values.containsKey(name);
    }

    String string(String name) {
      return get(name, String.class);
    }

    @Nullable String optional(String name) {
      return has(name) ? string(name) : null;
    }

    int number(String name) {
      return get(name, Number.class).intValue();
    }

    boolean flag(String name) {
      return get(name, Boolean.class);
    }

    Fields object(String name) {
      return get(name, Fields.class);
    }

    List<Object> array(String name) {
      return BlockReader.array(get(name, Object.class));
    }

    private <T> T get(String name, Class<T> type) {
      Object value = values.get(name);
      if (!type.isInstance(value)) {
        throw new IllegalArgumentException(
            "not a block: " + name + " is missing or of another kind");
      }
      return type.cast(value);
    }
  }
}
