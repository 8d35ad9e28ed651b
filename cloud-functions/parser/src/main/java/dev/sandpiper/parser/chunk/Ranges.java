package dev.sandpiper.parser.chunk;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where some rows of a table are, and how long their text is.
final class Ranges {

  private Ranges() {}

  /// The span of the rows: from their first cell to their last when cells say where they are,
  /// otherwise the table's.
  static SourceSpan of(List<Block.Row> rows, SourceSpan table) {
    SourceSpan first = null;
    SourceSpan last = null;
    for (Block.Row row : rows) {
      for (Block.Cell cell : row.cells()) {
        if (!cell.content().isEmpty()) {
          first = first == null ? cell.content().getFirst().span() : first;
          last = cell.content().getLast().span();
        }
      }
    }
    return first == null || last == null ? table : between(first, last, table);
  }

  private static SourceSpan between(SourceSpan first, SourceSpan last, SourceSpan table) {
    if (first instanceof SourceSpan.Inside(String part, SourceSpan inner)
        && last instanceof SourceSpan.Inside(_, SourceSpan innerLast)) {
      return new SourceSpan.Inside(part, between(inner, innerLast, inner));
    }
    if (first instanceof SourceSpan.InSheet(String sheet, String from)
        && last instanceof SourceSpan.InSheet(String sameSheet, String to)
        && sheet.equals(sameSheet)) {
      return new SourceSpan.InSheet(sheet, corner(from, true) + ":" + corner(to, false));
    }
    if (first instanceof SourceSpan.Lines(int from, _)
        && last instanceof SourceSpan.Lines(_, int to)) {
      return new SourceSpan.Lines(from, Math.max(from, to));
    }
    return first instanceof SourceSpan.OnPage ? first : table;
  }

  private static String corner(String cells, boolean start) {
    int colon = cells.indexOf(':');
    if (colon < 0) {
      return cells;
    }
    return start ? cells.substring(0, colon) : cells.substring(colon + 1);
  }

  /// Characters of text in some blocks, roughly.
  static int length(List<Block> blocks) {
    int length = 0;
    for (Block block : blocks) {
      length +=
          switch (block) {
            case Block.Heading heading -> length(heading.text());
            case Block.Paragraph(Text text, _) -> length(text);
            case Block.ListBlock list ->
                list.items().stream().mapToInt(item -> length(item.content()) + 9).sum();
            case Block.Table table ->
                table.rows().stream()
                    .flatMap(row -> row.cells().stream())
                    .mapToInt(cell -> length(cell.content()) + 9)
                    .sum();
            case Block.Code code -> code.text().length();
            case Block.Quote(List<Block> content, _) -> length(content);
            case Block.Image image -> length(image.alt()) + length(image.target()) + 5;
            case Block.Note note -> length(note.content());
            case Block.Rule _, Block.PageBreak _ -> 4;
          };
    }
    return length;
  }

  private static int length(Text text) {
    return text.spans().stream().mapToInt(span -> span.text().length()).sum();
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
