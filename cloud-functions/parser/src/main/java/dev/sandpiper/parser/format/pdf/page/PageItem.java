package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something on a page, in reading order. Coordinates are multiples of a hundredth of a point.
public sealed interface PageItem {

  /// Where it is.
  Box box();

  /// A line of text within one column.
  ///
  /// @param baseline y of the line's baseline
  /// @param size most common em size of its characters, in points
  /// @param column which column of the page it stands in, counted in reading order
  record Line(Box box, float baseline, float size, int column, List<Run> runs) implements PageItem {
    public Line {
      runs = List.copyOf(runs);
    }

    /// The line's characters.
    public String text() {
      StringBuilder text = new StringBuilder();
      runs.forEach(run -> text.append(run.text()));
      return text.toString();
    }
  }

  /// Characters of one style.
  ///
  /// @param style bits of [Style]
  record Run(String text, int style, @Nullable String link) {}

  /// A table.
  ///
  /// @param headerRows how many of the first rows are headings
  record Grid(Box box, int headerRows, List<GridCell> cells) implements PageItem {
    public Grid {
      cells = List.copyOf(cells);
    }
  }

  /// A cell of a table; rows and columns count from 0.
  record GridCell(int row, int column, int rowSpan, int columnSpan, Box box, List<Line> lines) {
    public GridCell {
      lines = List.copyOf(lines);
    }
  }

  /// A picture; its pixels are never decoded.
  record Picture(Box box) implements PageItem {}

  /// What a reader of the document wrote on it.
  record Comment(Box box, String author, String text) implements PageItem {}
}
