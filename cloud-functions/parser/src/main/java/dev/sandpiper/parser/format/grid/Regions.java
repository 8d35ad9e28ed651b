package dev.sandpiper.parser.format.grid;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.task.ParseBudget;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/// Cuts a sheet into regions at its empty rows, as a person sees separate tables, and makes each a
/// table; columns empty throughout a region are left out.
public final class Regions {

  private static final Block.Cell EMPTY = new Block.Cell(List.of(), 1, 1);

  /// A region may be this much emptier than it is filled before it is listed cell by cell.
  private static final int SPARSE_FACTOR = 20;

  private static final int SMALL_GRID = 10_000;

  private final String sheetName;
  private final SheetData sheet;
  private final ParseBudget budget;
  private final List<Block> blocks = new ArrayList<>();

  public Regions(String sheetName, SheetData sheet, ParseBudget budget) {
    this.sheetName = sheetName;
    this.sheet = sheet;
    this.budget = budget;
  }

  public List<Block> blocks() {
    List<SheetData.Row> region = new ArrayList<>();
    int reaches = -1;
    for (SheetData.Row row : sheet.rows()) {
      if (!region.isEmpty() && row.index() > reaches + 1) {
        close(region);
        region = new ArrayList<>();
      }
      region.add(row);
      reaches = Math.max(reaches, lastRowOf(row));
    }
    if (!region.isEmpty()) {
      close(region);
    }
    return blocks;
  }

  private int lastRowOf(SheetData.Row row) {
    int last = row.index();
    for (SheetData.Value value : row.values()) {
      SheetData.Merge merge = sheet.merges().get(new CellRef(row.index(), value.column()));
      last = merge == null ? last : Math.max(last, merge.lastRow());
    }
    return last;
  }

  private void close(List<SheetData.Row> rows) {
    BitSet columns = new BitSet();
    long filled = 0;
    for (SheetData.Row row : rows) {
      row.values().forEach(value -> columns.set(value.column()));
      filled += row.values().size();
    }
    CellRef first = new CellRef(rows.getFirst().index(), columns.nextSetBit(0));
    CellRef last = new CellRef(rows.getLast().index(), columns.length() - 1);
    String area = filled == 1 ? first.text() : first.text() + ":" + last.text();
    SourceSpan span = new SourceSpan.InSheet(sheetName, area);
    long grid = (long) rows.size() * columns.cardinality();
    if (filled == 1) {
      SheetData.Row row = rows.getFirst();
      blocks.add(new Block.Paragraph(text(row, row.values().getFirst()), span));
    } else if (grid > SMALL_GRID && grid > SPARSE_FACTOR * filled) {
      blocks.add(listed(rows, span));
    } else {
      blocks.add(table(rows, columns, span));
    }
  }

  /// A nearly empty region: one row per filled cell, its address beside it.
  private Block listed(List<SheetData.Row> rows, SourceSpan span) {
    List<Block.Row> listed = new ArrayList<>();
    for (SheetData.Row row : rows) {
      for (SheetData.Value value : row.values()) {
        String address = new CellRef(row.index(), value.column()).text();
        listed.add(
            new Block.Row(
                List.of(
                    Block.Cell.of(Text.of(address), span), Block.Cell.of(text(row, value), span))));
      }
    }
    return new Block.Table(null, 0, listed, span);
  }

  private Block table(List<SheetData.Row> rows, BitSet columns, SourceSpan span) {
    int[] coveredThrough = new int[columns.length()];
    List<Block.Row> built = new ArrayList<>(rows.size());
    for (int r = 0; r < rows.size(); r++) {
      built.add(row(rows, r, columns, coveredThrough, span));
    }
    return new Block.Table(null, hasHeader(rows, columns) ? 1 : 0, built, span);
  }

  /// @param coveredThrough per column, one more than the last row covered by a merged area
  private Block.Row row(
      List<SheetData.Row> rows, int r, BitSet columns, int[] coveredThrough, SourceSpan span) {
    SheetData.Row row = rows.get(r);
    List<Block.Cell> cells = new ArrayList<>();
    int next = 0;
    for (int c = columns.nextSetBit(0); c >= 0; c = columns.nextSetBit(c + 1)) {
      while (next < row.values().size() && row.values().get(next).column() < c) {
        next++;
      }
      boolean filled = next < row.values().size() && row.values().get(next).column() == c;
      if (coveredThrough[c] > row.index()) {
        continue;
      }
      Block.Cell cell = filled ? Block.Cell.of(text(row, row.values().get(next)), span) : EMPTY;
      SheetData.Merge merge = sheet.merges().get(new CellRef(row.index(), c));
      cells.add(merge == null ? cell : merged(cell, rows, r, c, merge, columns, coveredThrough));
    }
    return new Block.Row(cells);
  }

  private Block.Cell merged(
      Block.Cell cell,
      List<SheetData.Row> rows,
      int r,
      int c,
      SheetData.Merge merge,
      BitSet columns,
      int[] coveredThrough) {
    int width = 0;
    for (int i = c;
        i >= 0 && i <= merge.lastColumn() && coveredThrough[i] <= rows.get(r).index();
        i = columns.nextSetBit(i + 1)) {
      coveredThrough[i] = merge.lastRow() + 1;
      width++;
    }
    int height = 0;
    while (r + height < rows.size() && rows.get(r + height).index() <= merge.lastRow()) {
      height++;
    }
    budget.spendCells((long) width + height);
    return new Block.Cell(cell.content(), Math.max(1, height), Math.max(1, width));
  }

  /// The first row names the columns when all of it is filled with words.
  private static boolean hasHeader(List<SheetData.Row> rows, BitSet columns) {
    SheetData.Row first = rows.getFirst();
    return rows.size() > 1
        && first.values().size() == columns.cardinality()
        && first.values().size() > 1
        && first.values().stream().noneMatch(SheetData.Value::number);
  }

  private Text text(SheetData.Row row, SheetData.Value value) {
    CellRef ref = new CellRef(row.index(), value.column());
    Set<Span.Mark> marks = value.hidden() ? Set.of(Span.Mark.HIDDEN) : Set.of();
    Span shown = new Span(value.text().strip(), marks, sheet.links().get(ref), null);
    String note = sheet.noteIds().get(ref);
    return note == null
        ? new Text(List.of(shown))
        : new Text(List.of(shown, new Span("*", Set.of(Span.Mark.SUPERSCRIPT), null, note)));
  }
}
