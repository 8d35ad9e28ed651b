package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.format.pdf.page.PageItem.Grid;
import dev.sandpiper.parser.format.pdf.page.PageItem.GridCell;
import java.util.ArrayList;
import java.util.List;

/// Removes rows and columns without any text: they come from double strokes and frames.
final class GridTidy {

  private GridTidy() {}

  static Grid tidy(Grid grid) {
    int rows = 0;
    int columns = 0;
    for (GridCell cell : grid.cells()) {
      rows = Math.max(rows, cell.row() + cell.rowSpan());
      columns = Math.max(columns, cell.column() + cell.columnSpan());
    }
    boolean[] keptRows = new boolean[rows];
    boolean[] keptColumns = new boolean[columns];
    for (GridCell cell : grid.cells()) {
      if (!cell.lines().isEmpty()) {
        keptRows[cell.row()] = true;
        keptColumns[cell.column()] = true;
      }
    }
    int[] newRow = places(keptRows);
    int[] newColumn = places(keptColumns);
    List<GridCell> cells = new ArrayList<>();
    for (GridCell cell : grid.cells()) {
      int rowSpan = newRow[cell.row() + cell.rowSpan()] - newRow[cell.row()];
      int columnSpan = newColumn[cell.column() + cell.columnSpan()] - newColumn[cell.column()];
      if (rowSpan > 0 && columnSpan > 0) {
        cells.add(
            new GridCell(
                newRow[cell.row()],
                newColumn[cell.column()],
                rowSpan,
                columnSpan,
                cell.box(),
                cell.lines()));
      }
    }
    return new Grid(grid.box(), grid.headerRows(), cells);
  }

  /// How many kept ones stand before each.
  private static int[] places(boolean[] kept) {
    int[] places = new int[kept.length + 1];
    for (int i = 0; i < kept.length; i++) {
      places[i + 1] = places[i] + (kept[i] ? 1 : 0);
    }
    return places;
  }
}
