package dev.sandpiper.parser.format.rtf;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.flow.ListBuilder;
import dev.sandpiper.parser.format.flow.TextBuilder;
import dev.sandpiper.parser.task.ParseBudget;
import java.util.ArrayList;
import java.util.List;

/// Turns paragraphs, cells and rows, in order, into blocks. A table ends where something of a lower
/// nesting level follows.
final class RtfBlocks {

  private final ParseBudget budget;
  private final ListBuilder lists = new ListBuilder(SourceSpan.whole());

  /// By nesting level; the first is of tables that are in no other.
  private final List<RtfTable> tables = new ArrayList<>();

  private TextBuilder text;

  RtfBlocks(ParseBudget budget) {
    this.budget = budget;
    this.text = new TextBuilder(budget);
  }

  TextBuilder text() {
    return text;
  }

  /// The tables of a nesting level, 1 or more.
  RtfTable tables(int level) {
    while (tables.size() < level) {
      tables.add(new RtfTable(budget));
    }
    return tables.get(level - 1);
  }

  /// Ends a paragraph; `heading` is 1 to 6, or 0 for body text.
  void paragraph(RtfState state, int heading) {
    endTables(state.tableLevel());
    Text built = endText();
    if (built.isBlank()) {
      return;
    }
    Block.Paragraph paragraph = new Block.Paragraph(built, SourceSpan.whole());
    if (state.tableLevel() > 0) {
      tables(state.tableLevel()).add(paragraph);
    } else if (heading > 0) {
      lists.block(new Block.Heading(heading, built, SourceSpan.whole()));
    } else if (state.inList) {
      lists.item(
          new ListBuilder.Place(state.listLevel, state.orderedList, 1, ""), List.of(paragraph));
    } else {
      lists.block(paragraph);
    }
  }

  private Text endText() {
    Text built = text.build();
    text = new TextBuilder(budget);
    return built;
  }

  void endCell(int level) {
    endTables(level);
    Text built = endText();
    if (!built.isBlank()) {
      tables(level).add(new Block.Paragraph(built, SourceSpan.whole()));
    }
    tables(level).endCell();
  }

  void endRow(int level) {
    endTables(level);
    tables(level).endRow();
  }

  /// Ends the tables of higher levels than `level`; each goes into the cell around it.
  private void endTables(int level) {
    for (int inner = tables.size(); inner > level; inner--) {
      Block.Table table = tables(inner).end();
      if (table != null && inner > 1) {
        tables(inner - 1).add(table);
      } else if (table != null) {
        lists.block(table);
      }
    }
  }

  void block(Block block) {
    endTables(0);
    lists.block(block);
  }

  List<Block> build(RtfState state, int heading) {
    RtfState last = state.inner();
    last.leaveTable();
    paragraph(last, heading);
    return lists.build();
  }
}
