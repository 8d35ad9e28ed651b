package dev.sandpiper.parser.format.pdf.flow;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.format.pdf.page.PageItem;
import dev.sandpiper.parser.format.pdf.page.PageRecord;
import dev.sandpiper.parser.task.ParseBudget;
import java.util.ArrayList;
import java.util.List;

/// Makes blocks of page records. The pages come in order; they need not begin with page 1.
public final class DocumentFlow {

  private DocumentFlow() {}

  /// The blocks of a document.
  ///
  /// @throws dev.sandpiper.parser.task.ParseFailure when a limit is reached
  public static List<Block> blocks(List<PageRecord> pages, ParseBudget budget) {
    FontProfile body = FontProfile.of(pages);
    List<Piece> pieces = new ArrayList<>();
    List<Chunk> chunks = new ArrayList<>();
    for (PageRecord page : pages) {
      budget.checkDeadline();
      if (!pieces.isEmpty()) {
        pieces.add(new Piece.Start(page.number()));
      }
      PagePieces.add(page, pieces, chunks);
    }
    HeadingRules headings = new HeadingRules(body, chunks);
    BlockWriter writer = new BlockWriter(body, headings, budget);
    pieces.forEach(writer::write);
    return writer.blocks();
  }

  /// Groups the items of a page.
  private static final class PagePieces {
    private PagePieces() {}

    static void add(PageRecord page, List<Piece> pieces, List<Chunk> chunks) {
      List<PageItem.Line> column = new ArrayList<>();
      for (PageItem item : page.items()) {
        if (item instanceof PageItem.Line line) {
          if (!column.isEmpty() && column.getLast().column() != line.column()) {
            flush(page, column, pieces, chunks);
          }
          column.add(line);
        } else {
          flush(page, column, pieces, chunks);
          pieces.add(new Piece.Whole(page.number(), item));
        }
      }
      flush(page, column, pieces, chunks);
    }

    private static void flush(
        PageRecord page, List<PageItem.Line> column, List<Piece> pieces, List<Chunk> chunks) {
      if (column.isEmpty()) {
        return;
      }
      for (Chunk chunk : Chunker.chunks(page.number(), column)) {
        pieces.add(new Piece.Lines(chunk));
        chunks.add(chunk);
      }
      column.clear();
    }
  }
}
