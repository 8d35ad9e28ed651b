package dev.sandpiper.edge.channel.text;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.Node;

/// A table as lines of one width, for a font whose letters are equally wide.
public final class TableText {

  /// A wider cell is not waited for.
  private static final int WIDEST = 40;

  private TableText() {}

  /// The lines, without a last break.
  public static String of(TableBlock table) {
    List<List<String>> rows = new ArrayList<>();
    List<TableCell> heads = new ArrayList<>();
    for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
      for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
        List<String> cells = new ArrayList<>();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
          cells.add(Flow.words(cell).replace('\n', ' ').strip());
          if (rows.isEmpty() && cell instanceof TableCell head) {
            heads.add(head);
          }
        }
        rows.add(cells);
      }
    }
    return lines(rows, heads);
  }

  private static String lines(List<List<String>> rows, List<TableCell> heads) {
    int[] widths = new int[heads.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < Math.min(row.size(), widths.length); i++) {
        widths[i] = Math.max(widths[i], Math.min(WIDEST, width(row.get(i))));
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        boolean right =
            i < heads.size() && heads.get(i).getAlignment() == TableCell.Alignment.RIGHT;
        int room = i < widths.length ? Math.max(0, widths[i] - width(row.get(i))) : 0;
        line.append(i == 0 ? "" : " │ ")
            .append(right ? " ".repeat(room) : "")
            .append(row.get(i))
            .append(right ? "" : " ".repeat(room));
      }
      out.append(out.isEmpty() ? "" : "\n").append(line.toString().stripTrailing());
      if (out.indexOf("\n") < 0 && rows.size() > 1) {
        out.append('\n').append(underline(widths));
      }
    }
    return out.toString();
  }

  private static String underline(int[] widths) {
    List<String> parts = new ArrayList<>();
    for (int width : widths) {
      parts.add("─".repeat(Math.max(1, width)));
    }
    return String.join("─┼─", parts);
  }

  /// Columns it takes: ideographs and emoji take two.
  private static int width(String text) {
    return text.codePoints()
        .map(c -> {
          int type = Character.getType(c);
          boolean none =
              type == Character.NON_SPACING_MARK
                  || type == Character.ENCLOSING_MARK
                  || type == Character.FORMAT;
          boolean wide =
              Character.isIdeographic(c)
                  || (c >= 0x1100 && c <= 0x115F)
                  || (c >= 0x3041 && c <= 0x33FF)
                  || (c >= 0xAC00 && c <= 0xD7A3)
                  || (c >= 0xFF01 && c <= 0xFF60)
                  || (c >= 0x1F300 && c <= 0x1FAFF);
          return none ? 0 : wide ? 2 : 1;
        })
        .sum();
  }
}
