package dev.sandpiper.parser.format.rtf;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.format.flow.TableBuilder;
import dev.sandpiper.parser.task.ParseBudget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tables of one nesting level, one after the other: the open cell, the open row, and how the
/// row's cells are defined.
final class RtfTable {

  /// How a row's definition merges a cell with its neighbours.
  private record Merge(boolean withLeft, boolean startsColumn, boolean withAbove) {
    static final Merge NONE = new Merge(false, false, false);
  }

  private static final int MOST_DEFINED = 1_024;

  private final ParseBudget budget;
  private final List<Block> cell = new ArrayList<>();
  private final List<List<Block>> cells = new ArrayList<>();
  private final List<Merge> merges = new ArrayList<>();
  private Merge definition = Merge.NONE;
  private @Nullable TableBuilder table;

  RtfTable(ParseBudget budget) {
    this.budget = budget;
  }

  /// Starts the definition of a row's cells.
  void defineRow() {
    merges.clear();
    definition = Merge.NONE;
  }

  /// Says how the cell that is defined next is merged: `clmrg`, `clvmgf` or `clvmrg`.
  void defineMerge(String word) {
    definition =
        new Merge(
            definition.withLeft() || word.equals("clmrg"),
            definition.startsColumn() || word.equals("clvmgf"),
            definition.withAbove() || word.equals("clvmrg"));
  }

  /// Ends the definition of a cell.
  void defineCell() {
    if (merges.size() < MOST_DEFINED) {
      merges.add(definition);
    }
    definition = Merge.NONE;
  }

  /// Adds to the open cell.
  void add(Block block) {
    cell.add(block);
  }

  void endCell() {
    budget.spendCells(1);
    cells.add(List.copyOf(cell));
    cell.clear();
  }

  void endRow() {
    if (cells.isEmpty()) {
      return;
    }
    TableBuilder rows = table == null ? new TableBuilder(budget) : table;
    rows.row(false);
    int at = 0;
    while (at < cells.size()) {
      List<Block> content = new ArrayList<>(cells.get(at));
      Merge merge = merge(at);
      int span = 1;
      while (at + span < cells.size() && merge(at + span).withLeft()) {
        content.addAll(cells.get(at + span));
        span++;
      }
      if (merge.withAbove() && content.isEmpty()) {
        rows.mergeContinue(span);
      } else if (merge.startsColumn()) {
        rows.mergeStart(content, span);
      } else {
        rows.cell(content, span);
      }
      at += span;
    }
    cells.clear();
    table = rows;
  }

  private Merge merge(int cell) {
    return cell < merges.size() ? merges.get(cell) : Merge.NONE;
  }

  /// Ends the open table; `null` when there is none.
  Block.@Nullable Table end() {
    if (!cell.isEmpty()) {
      endCell();
    }
    endRow();
    TableBuilder rows = table;
    table = null;
    return rows == null ? null : rows.build(null, SourceSpan.whole());
  }
}
