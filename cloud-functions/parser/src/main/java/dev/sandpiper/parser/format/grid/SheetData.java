package dev.sandpiper.parser.format.grid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The filled cells of one sheet, and what lies over them.
public final class SheetData {

  /// A filled cell.
  ///
  /// @param number whether it holds a number rather than a word
  public record Value(int column, String text, boolean number, boolean hidden) {}

  /// A row with at least one filled cell.
  public record Row(int index, List<Value> values) {}

  /// A merged area.
  public record Merge(int lastRow, int lastColumn) {}

  private final List<Row> rows = new ArrayList<>();
  private final Map<CellRef, Merge> merges = new HashMap<>();
  private final Map<CellRef, String> links = new HashMap<>();
  private final Map<CellRef, String> noteIds = new HashMap<>();

  public List<Row> rows() {
    return rows;
  }

  public Map<CellRef, Merge> merges() {
    return merges;
  }

  public Map<CellRef, String> links() {
    return links;
  }

  /// Ids of the notes on cells.
  public Map<CellRef, String> noteIds() {
    return noteIds;
  }
}
