package dev.sandpiper.parser.format.pdf.flow;

import dev.sandpiper.parser.format.pdf.page.PageItem;

/// What a page is made of once its lines are grouped.
sealed interface Piece {

  /// The page it is on.
  int page();

  /// Lines that belong together.
  record Lines(Chunk chunk) implements Piece {
    @Override
    public int page() {
      return chunk.page();
    }
  }

  /// A table, picture or comment.
  record Whole(int page, PageItem item) implements Piece {}

  /// The start of a page.
  record Start(int page) implements Piece {}
}
