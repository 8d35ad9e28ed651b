package dev.sandpiper.parser.document;

import java.util.List;

/// Moves the blocks of a document into the document that contains it: every source span is wrapped
/// in [SourceSpan.Inside].
public final class Nested {

  private Nested() {}

  /// The same blocks, seen from the outer document, where they came from `part`.
  public static List<Block> wrap(String part, List<Block> blocks) {
    return blocks.stream().map(block -> wrap(part, block)).toList();
  }

  private static Block wrap(String part, Block block) {
    SourceSpan span = new SourceSpan.Inside(part, block.span());
    return switch (block) {
      case Block.Heading(int level, Text text, _) -> new Block.Heading(level, text, span);
      case Block.Paragraph(Text text, _) -> new Block.Paragraph(text, span);
      case Block.ListBlock(boolean ordered, int start, List<Block.Item> items, _) ->
          new Block.ListBlock(
              ordered,
              start,
              items.stream()
                  .map(item -> new Block.Item(wrap(part, item.content()), item.checked()))
                  .toList(),
              span);
      case Block.Table table ->
          new Block.Table(table.caption(), table.headerRows(), rows(part, table), span);
      case Block.Code(String text, String language, _) -> new Block.Code(text, language, span);
      case Block.Quote(List<Block> content, _) -> new Block.Quote(wrap(part, content), span);
      case Block.Image(String alt, String target, _) -> new Block.Image(alt, target, span);
      case Block.Note(Block.Note.Kind kind, String id, List<Block> content, _) ->
          new Block.Note(kind, id, wrap(part, content), span);
      case Block.Rule _ -> new Block.Rule(span);
      case Block.PageBreak(int page, _) -> new Block.PageBreak(page, span);
    };
  }

  private static List<Block.Row> rows(String part, Block.Table table) {
    return table.rows().stream()
        .map(row ->
            new Block.Row(
                row.cells().stream()
                    .map(cell ->
                        new Block.Cell(wrap(part, cell.content()), cell.rowSpan(), cell.colSpan()))
                    .toList()))
        .toList();
  }
}
