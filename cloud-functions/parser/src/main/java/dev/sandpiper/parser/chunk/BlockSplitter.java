package dev.sandpiper.parser.chunk;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.render.markdown.MarkdownRenderer;
import java.util.ArrayList;
import java.util.List;

/// Cuts a block that is too large into blocks of its kind, and these into Markdown pieces that are
/// not.
final class BlockSplitter {

  /// Markup around a cell's or code's text, roughly.
  private static final int CELL_MARKUP = 3;

  private static final int FENCES = 40;

  /// A piece of Markdown and where it came from.
  record Piece(String text, SourceSpan span) {}

  private final ChunkSize size;
  private final MarkdownRenderer markdown;

  BlockSplitter(ChunkSize size, MarkdownRenderer markdown) {
    this.size = size;
    this.markdown = markdown;
  }

  List<Piece> split(Block block) {
    List<Piece> pieces = new ArrayList<>();
    for (Block part : parts(block)) {
      String text = markdown.render(List.of(part));
      if (text.isBlank()) {
        continue;
      }
      if (text.length() <= size.max()) {
        pieces.add(new Piece(text, part.span()));
      } else {
        // Too much markup, or one item or row beyond all bounds: cut the Markdown itself.
        Cuts.pieces(text, size.max()).forEach(cut -> pieces.add(new Piece(cut, part.span())));
      }
    }
    return pieces;
  }

  private List<Block> parts(Block block) {
    return switch (block) {
      case Block.Paragraph(Text text, SourceSpan span) -> paragraph(text, span);
      case Block.Code code -> code(code);
      case Block.ListBlock list -> list(list);
      case Block.Table table -> table(table);
      case Block.Quote(List<Block> content, SourceSpan span) ->
          within(content).stream()
              .<Block>map(part -> new Block.Quote(List.of(part), span))
              .toList();
      case Block.Note note -> within(note.content());
      case Block.Heading _, Block.Image _, Block.Rule _, Block.PageBreak _ -> List.of(block);
    };
  }

  private List<Block> within(List<Block> content) {
    List<Block> parts = new ArrayList<>();
    for (Block block : content) {
      boolean large = markdown.render(List.of(block)).length() > size.target();
      parts.addAll(large ? parts(block) : List.of(block));
    }
    return parts;
  }

  private List<Block> paragraph(Text text, SourceSpan span) {
    List<Block> parts = new ArrayList<>();
    for (int[] range : Cuts.ranges(text.plain(), size.target())) {
      parts.add(new Block.Paragraph(slice(text, range[0], range[1]), span));
    }
    return parts;
  }

  private static Text slice(Text text, int from, int to) {
    List<Span> spans = new ArrayList<>();
    int at = 0;
    for (Span span : text.spans()) {
      int start = Math.clamp(from - at, 0, span.text().length());
      int end = Math.clamp(to - at, 0, span.text().length());
      boolean emptyHere = span.text().isEmpty() && at >= from && at < to;
      if (start < end || emptyHere) {
        spans.add(
            new Span(span.text().substring(start, end), span.marks(), span.link(), span.noteRef()));
      }
      at += span.text().length();
    }
    return new Text(spans);
  }

  private List<Block> code(Block.Code code) {
    List<Block> parts = new ArrayList<>();
    for (int[] range : Cuts.ranges(code.text(), size.target() - FENCES / 2)) {
      parts.add(
          new Block.Code(code.text().substring(range[0], range[1]), code.language(), code.span()));
    }
    return parts;
  }

  private List<Block> list(Block.ListBlock list) {
    List<Block> parts = new ArrayList<>();
    List<Block.Item> group = new ArrayList<>();
    int length = 0;
    int first = list.start();
    for (Block.Item item : list.items()) {
      int itemLength = markdown.render(item.content()).length() + CELL_MARKUP;
      if (!group.isEmpty() && length + itemLength > size.target()) {
        parts.add(new Block.ListBlock(list.ordered(), first, group, list.span()));
        first += group.size();
        group.clear();
        length = 0;
      }
      group.add(item);
      length += itemLength;
    }
    parts.add(new Block.ListBlock(list.ordered(), first, group, list.span()));
    return parts;
  }

  /// Groups of rows, each under the header rows; cells that span rows stay together while they fit.
  private List<Block> table(Block.Table table) {
    int headerRows = Math.clamp(table.headerRows(), 0, table.rows().size());
    List<Block.Row> header = table.rows().subList(0, headerRows);
    int headerLength = header.stream().mapToInt(BlockSplitter::length).sum();
    if (headerLength > size.target() / 2) {
      header = List.of(); // repeating it would leave no room
      headerLength = 0;
    }
    List<Block> parts = new ArrayList<>();
    List<Block.Row> group = new ArrayList<>();
    int length = headerLength;
    int heldBySpan = 0;
    for (Block.Row row :
        table.rows().subList(header.isEmpty() ? 0 : headerRows, table.rows().size())) {
      int rowLength = length(row);
      boolean full = length + rowLength > (heldBySpan > 0 ? size.max() : size.target());
      if (full && !group.isEmpty()) {
        parts.add(part(table, header, group, parts.isEmpty()));
        group.clear();
        length = headerLength;
      }
      group.add(row);
      length += rowLength;
      heldBySpan = Math.max(heldBySpan - 1, tallest(row) - 1);
    }
    if (!group.isEmpty()) {
      parts.add(part(table, header, group, parts.isEmpty()));
    }
    return parts;
  }

  private static Block part(
      Block.Table table, List<Block.Row> header, List<Block.Row> group, boolean first) {
    List<Block.Row> rows = new ArrayList<>(header);
    rows.addAll(group);
    return new Block.Table(
        first ? table.caption() : null, header.size(), rows, Ranges.of(group, table.span()));
  }

  private static int tallest(Block.Row row) {
    return row.cells().stream().mapToInt(Block.Cell::rowSpan).max().orElse(1);
  }

  private static int length(Block.Row row) {
    int length = 1;
    for (Block.Cell cell : row.cells()) {
      length += CELL_MARKUP + Ranges.length(cell.content());
    }
    return length;
  }
}
