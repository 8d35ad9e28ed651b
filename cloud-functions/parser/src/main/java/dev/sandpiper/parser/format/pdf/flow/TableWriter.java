package dev.sandpiper.parser.format.pdf.flow;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.pdf.page.PageItem.Grid;
import dev.sandpiper.parser.format.pdf.page.PageItem.GridCell;
import dev.sandpiper.parser.format.pdf.page.Style;
import dev.sandpiper.parser.task.ParseBudget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Makes a table of a grid.
final class TableWriter {

  private TableWriter() {}

  static Block.Table table(int page, Grid grid, ParseBudget budget) {
    budget.spendCells(grid.cells().size());
    List<GridCell> sorted = new ArrayList<>(grid.cells());
    sorted.sort(Comparator.comparingInt(GridCell::row).thenComparingInt(GridCell::column));
    List<List<Block.Cell>> rows = new ArrayList<>();
    for (GridCell cell : sorted) {
      while (rows.size() <= cell.row()) {
        rows.add(new ArrayList<>());
      }
      rows.get(cell.row()).add(cell(page, cell, budget));
    }
    return new Block.Table(
        null,
        Math.min(grid.headerRows(), rows.size()),
        rows.stream().map(Block.Row::new).toList(),
        new SourceSpan.OnPage(page, grid.box()));
  }

  private static Block.Cell cell(int page, GridCell cell, ParseBudget budget) {
    Text text = new TextBuilder(Style.BOLD | Style.MONO).add(cell.lines(), 0).build();
    budget.spendCharacters(text.plain().length());
    List<Block> content =
        text.isBlank()
            ? List.of()
            : List.of(new Block.Paragraph(text, new SourceSpan.OnPage(page, cell.box())));
    return new Block.Cell(content, cell.rowSpan(), cell.columnSpan());
  }
}
