package dev.sandpiper.parser.render.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Box;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes blocks to a JSON stream.
final class BlockWriter {

  private final JsonGenerator json;

  BlockWriter(JsonGenerator json) {
    this.json = json;
  }

  /// @param outer span of the block around it; `null` at the top
  void block(Block block, @Nullable SourceSpan outer) throws IOException {
    json.writeStartObject();
    switch (block) {
      case Block.Heading heading -> {
        type(Names.HEADING);
        json.writeNumberField(Names.LEVEL, heading.level());
        text(heading.text());
      }
      case Block.Paragraph(Text text, _) -> {
        type(Names.PARAGRAPH);
        text(text);
      }
      case Block.ListBlock list -> list(list);
      case Block.Table table -> table(table);
      case Block.Code code -> {
        type(Names.CODE);
        optional(Names.LANGUAGE, code.language());
        json.writeStringField(Names.TEXT, code.text());
      }
      case Block.Quote(List<Block> content, SourceSpan span) -> {
        type(Names.QUOTE);
        blocks(Names.CONTENT, content, span);
      }
      case Block.Image image -> {
        type(Names.IMAGE);
        optional(Names.ALT, image.alt());
        optional(Names.TARGET, image.target());
      }
      case Block.Note note -> note(note);
      case Block.Rule _ -> type(Names.RULE);
      case Block.PageBreak(int page, _) -> {
        type(Names.PAGE_BREAK);
        json.writeNumberField(Names.PAGE, page);
      }
    }
    span(block.span(), outer);
    json.writeEndObject();
  }

  private void list(Block.ListBlock list) throws IOException {
    type(Names.LIST);
    json.writeBooleanField(Names.ORDERED, list.ordered());
    json.writeNumberField(Names.START, list.start());
    json.writeArrayFieldStart(Names.ITEMS);
    for (Block.Item item : list.items()) {
      json.writeStartObject();
      if (item.checked() != null) {
        json.writeBooleanField(Names.CHECKED, item.checked());
      }
      blocks(Names.CONTENT, item.content(), list.span());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void table(Block.Table table) throws IOException {
    type(Names.TABLE);
    if (table.caption() != null) {
      json.writeObjectFieldStart(Names.CAPTION);
      text(table.caption());
      json.writeEndObject();
    }
    json.writeNumberField(Names.HEADER_ROWS, table.headerRows());
    json.writeArrayFieldStart(Names.ROWS);
    for (Block.Row row : table.rows()) {
      json.writeStartArray();
      for (Block.Cell cell : row.cells()) {
        cell(cell, table.span());
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /// A cell of one paragraph is written as that paragraph's text; most are.
  private void cell(Block.Cell cell, SourceSpan table) throws IOException {
    json.writeStartObject();
    List<Block> content = cell.content();
    if (content.size() == 1
        && content.getFirst() instanceof Block.Paragraph(Text text, SourceSpan span)) {
      text(text);
      span(span, table);
    } else if (!content.isEmpty()) {
      blocks(Names.CONTENT, content, table);
    }
    if (cell.rowSpan() > 1) {
      json.writeNumberField(Names.ROW_SPAN, cell.rowSpan());
    }
    if (cell.colSpan() > 1) {
      json.writeNumberField(Names.COL_SPAN, cell.colSpan());
    }
    json.writeEndObject();
  }

  private void note(Block.Note note) throws IOException {
    type(Names.NOTE);
    json.writeStringField(Names.KIND, lower(note.kind()));
    json.writeStringField(Names.ID, note.id());
    blocks(Names.CONTENT, note.content(), note.span());
  }

  private void blocks(String name, List<Block> blocks, SourceSpan outer) throws IOException {
    json.writeArrayFieldStart(name);
    for (Block block : blocks) {
      block(block, outer);
    }
    json.writeEndArray();
  }

  private void text(Text text) throws IOException {
    json.writeStringField(Names.TEXT, text.plain());
    if (text.spans().stream().allMatch(BlockWriter::isPlain)) {
      return;
    }
    json.writeArrayFieldStart(Names.SPANS);
    for (Span span : text.spans()) {
      json.writeStartObject();
      json.writeStringField(Names.TEXT, span.text());
      if (!span.marks().isEmpty()) {
        json.writeArrayFieldStart(Names.MARKS);
        for (Span.Mark mark : Span.Mark.values()) {
          if (span.marks().contains(mark)) {
            json.writeString(lower(mark));
          }
        }
        json.writeEndArray();
      }
      optional(Names.LINK, span.link());
      optional(Names.NOTE_REF, span.noteRef());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static boolean isPlain(Span span) {
    return span.marks().isEmpty() && span.link() == null && span.noteRef() == null;
  }

  private void span(SourceSpan span, @Nullable SourceSpan outer) throws IOException {
    if (!span.equals(outer)) {
      json.writeFieldName(Names.SPAN);
      span(span);
    }
  }

  private void span(SourceSpan span) throws IOException {
    json.writeStartObject();
    switch (span) {
      case SourceSpan.OnPage(int page, Box box) -> {
        json.writeNumberField(Names.PAGE, page);
        if (box != null) {
          box(box);
        }
      }
      case SourceSpan.InSheet(String sheet, String cells) -> {
        json.writeStringField(Names.SHEET, sheet);
        json.writeStringField(Names.CELLS, cells);
      }
      case SourceSpan.OnSlide(int slide) -> json.writeNumberField(Names.SLIDE, slide);
      case SourceSpan.Lines(int first, int last) -> {
        json.writeArrayFieldStart(Names.LINES);
        json.writeNumber(first);
        json.writeNumber(last);
        json.writeEndArray();
      }
      case SourceSpan.InPart(String part) -> json.writeStringField(Names.PART, part);
      case SourceSpan.Inside(String part, SourceSpan inner) -> {
        json.writeStringField(Names.PART, part);
        json.writeFieldName(Names.IN);
        span(inner);
      }
    }
    json.writeEndObject();
  }

  private void box(Box box) throws IOException {
    json.writeArrayFieldStart(Names.BOX);
    for (float edge : new float[] {box.left(), box.top(), box.right(), box.bottom()}) {
      json.writeNumber(rounded(edge));
    }
    json.writeEndArray();
  }

  private static BigDecimal rounded(float value) {
    if (!Float.isFinite(value)) {
      return BigDecimal.ZERO;
    }
    BigDecimal tenth = new BigDecimal(value).setScale(1, RoundingMode.HALF_UP);
    return tenth.remainder(BigDecimal.ONE).signum() == 0 ? tenth.setScale(0) : tenth;
  }

  private void type(String name) throws IOException {
    json.writeStringField(Names.TYPE, name);
  }

  private void optional(String name, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
