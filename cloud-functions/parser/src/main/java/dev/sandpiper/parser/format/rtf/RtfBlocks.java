package dev.sandpiper.parser.format.rtf;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.flow.ListBuilder;
import dev.sandpiper.parser.format.flow.TableBuilder;
import dev.sandpiper.parser.format.flow.TextBuilder;
import dev.sandpiper.parser.task.ParseBudget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns paragraphs, cells and rows, in order, into blocks.
final class RtfBlocks {

  /// How a row's definition merges a cell with its neighbours.
  private record Merge(boolean withLeft, boolean startsColumn, boolean withAbove) {
    static final Merge NONE = new Merge(false, false, false);
  }

  private static final int MOST_DEFINED = 1_024;

  private final ParseBudget budget;
  private final ListBuilder lists = new ListBuilder(SourceSpan.whole());
  private final List<Block> cell = new ArrayList<>();
  private final List<List<Block>> cells = new ArrayList<>();
  private final List<Merge> merges = new ArrayList<>();
  private Merge definition = Merge.NONE;
  private TextBuilder text;
  private @Nullable TableBuilder table;

  RtfBlocks(ParseBudget budget) {
    this.budget = budget;
    this.text = new TextBuilder(budget);
  }

  TextBuilder text() {
    return text;
  }

  /// Ends a paragraph; `heading` is 1 to 6, or 0 for body text.
  void paragraph(RtfState state, int heading) {
    Text built = text.build();
    text = new TextBuilder(budget);
    if (state.inTable) {
      if (!built.isBlank()) {
        cell.add(new Block.Paragraph(built, SourceSpan.whole()));
      }
      return;
    }
    endTable();
    if (built.isBlank()) {
      return;
    }
    Block.Paragraph paragraph = new Block.Paragraph(built, SourceSpan.whole());
    if (heading > 0) {
      lists.block(new Block.Heading(heading, built, SourceSpan.whole()));
    } else if (state.inList) {
      lists.item(
          new ListBuilder.Place(state.listLevel, state.orderedList, 1, ""), List.of(paragraph));
    } else {
      lists.block(paragraph);
    }
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

  void endCell() {
    Text built = text.build();
    text = new TextBuilder(budget);
    if (!built.isBlank()) {
      cell.add(new Block.Paragraph(built, SourceSpan.whole()));
    }
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

  private void endTable() {
    if (!cell.isEmpty()) {
      endCell();
    }
    endRow();
    TableBuilder rows = table;
    table = null;
    if (rows != null) {
      Block.Table built = rows.build(null, SourceSpan.whole());
      if (built != null) {
        lists.block(built);
      }
    }
  }

  void block(Block block) {
    endTable();
    lists.block(block);
  }

  List<Block> build(RtfState state, int heading) {
    RtfState last = state.inner();
    last.inTable = false;
    paragraph(last, heading);
    endTable();
    return lists.build();
  }
}
