package dev.sandpiper.parser.render.markdown;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Text;
import java.util.List;

/// Tables: with pipes when that can hold them, as HTML otherwise.
final class TableMarkdown {

  private final InlineMarkdown inline;
  private final HtmlTable html;

  TableMarkdown(InlineMarkdown inline, HtmlTable html) {
    this.inline = inline;
    this.html = html;
  }

  String table(Block.Table table) {
    int columns = columns(table);
    if (columns == 0) {
      return "";
    }
    if (!fitsPipes(table)) {
      return html.table(table);
    }
    StringBuilder out = new StringBuilder();
    String caption = table.caption() == null ? "" : inline.paragraph(table.caption());
    if (!caption.isEmpty()) {
      out.append(caption).append("\n\n");
    }
    List<Block.Row> rows = table.rows();
    // A table must have a header in GFM; an empty one would only be noise.
    row(rows.getFirst(), columns, out);
    out.append('\n').append('|').append(" --- |".repeat(columns));
    for (Block.Row row : rows.subList(1, rows.size())) {
      out.append('\n');
      row(row, columns, out);
    }
    return out.toString();
  }

  private static int columns(Block.Table table) {
    return table.rows().stream().mapToInt(row -> row.cells().size()).max().orElse(0);
  }

  private void row(Block.Row row, int columns, StringBuilder out) {
    out.append('|');
    for (Block.Cell cell : row.cells()) {
      String text = cell(cell);
      out.append(text.isEmpty() ? "  |" : " " + text + " |");
    }
    out.append("  |".repeat(columns - row.cells().size()));
  }

  private String cell(Block.Cell cell) {
    StringBuilder out = new StringBuilder();
    for (Block block : cell.content()) {
      String text =
          switch (block) {
            case Block.Paragraph(Text content, _) -> inline.cell(content);
            case Block.Heading heading -> inline.cell(heading.text());
            case Block.Image image -> BlockMarkdown.image(image.alt(), image.target());
            default -> "";
          };
      out.append(out.isEmpty() || text.isEmpty() ? "" : "<br>").append(text);
    }
    return out.toString();
  }

  private static boolean fitsPipes(Block.Table table) {
    for (Block.Row row : table.rows()) {
      for (Block.Cell cell : row.cells()) {
        if (cell.rowSpan() > 1 || cell.colSpan() > 1 || !isInline(cell.content())) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isInline(List<Block> content) {
    for (Block block : content) {
      if (!(block instanceof Block.Paragraph
          || block instanceof Block.Heading
          || block instanceof Block.Image
          || block instanceof Block.PageBreak)) {
        return false;
      }
    }
    return true;
  }
}
