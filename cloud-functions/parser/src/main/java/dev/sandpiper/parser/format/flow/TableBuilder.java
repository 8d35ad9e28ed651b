package dev.sandpiper.parser.format.flow;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.task.ParseBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a table of rows whose cells sit on a grid; a cell may continue one above it.
public final class TableBuilder {

  private static final int WIDEST_SPAN = 1024;

  private static final class Draft {
    private final List<Block> content;
    private final int colSpan;
    private int rowSpan = 1;

    private Draft(List<Block> content, int colSpan) {
      this.content = content;
      this.colSpan = colSpan;
    }
  }

  private final ParseBudget budget;
  private final List<List<Draft>> rows = new ArrayList<>();
  private final Map<Integer, Draft> merging = new HashMap<>();
  private int column;
  private int headerRows;
  private boolean onlyHeadersSoFar = true;

  public TableBuilder(ParseBudget budget) {
    this.budget = budget;
  }

  /// Starts a row.
  ///
  /// @param header whether it is a heading row; counts only above the first other row
  public void row(boolean header) {
    rows.add(new ArrayList<>());
    column = 0;
    onlyHeadersSoFar &= header;
    if (onlyHeadersSoFar) {
      headerRows++;
    }
  }

  /// Adds a cell, one row high until it is continued.
  public void cell(List<Block> content, int colSpan) {
    int span = place(colSpan);
    add(new Draft(content, span), span);
  }

  /// Adds a cell that cells below may continue.
  public void mergeStart(List<Block> content, int colSpan) {
    int span = place(colSpan);
    int start = column;
    Draft cell = new Draft(content, span);
    add(cell, span);
    merging.put(start, cell);
  }

  /// Continues the cell above by a row; an empty cell when there is none to continue.
  public void mergeContinue(int colSpan) {
    Draft above = merging.get(column);
    if (above == null) {
      cell(List.of(), colSpan);
      return;
    }
    above.rowSpan++;
    column += place(above.colSpan);
  }

  /// Adds a cell that is known to be `rowSpan` rows high; rows below leave its place out.
  public void cell(List<Block> content, int rowSpan, int colSpan) {
    int span = place(colSpan);
    Draft cell = new Draft(content, span);
    cell.rowSpan = Math.max(1, rowSpan);
    add(cell, span);
  }

  private int place(int colSpan) {
    int span = Math.clamp(colSpan, 1, WIDEST_SPAN);
    budget.spendCells(span);
    return span;
  }

  private void add(Draft cell, int span) {
    if (rows.isEmpty()) {
      row(false);
    }
    for (int i = 0; i < span && !merging.isEmpty(); i++) {
      merging.remove(column + i);
    }
    rows.getLast().add(cell);
    column += span;
  }

  /// Whether no row was added.
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /// The table; `null` when it has no cells.
  public Block.@Nullable Table build(@Nullable Text caption, SourceSpan span) {
    if (rows.stream().allMatch(List::isEmpty)) {
      return null;
    }
    List<Block.Row> built = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      int below = rows.size() - i;
      built.add(
          new Block.Row(
              rows.get(i).stream()
                  .map(cell ->
                      new Block.Cell(cell.content, Math.min(cell.rowSpan, below), cell.colSpan))
                  .toList()));
    }
    return new Block.Table(caption, headerRows, built, span);
  }
}
