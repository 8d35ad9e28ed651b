package dev.sandpiper.parser.document;

import java.util.List;

/// A parsed document.
///
/// @param metadata what the document says about itself
/// @param pageCount pages of the whole document, also when only some were parsed; slides and sheets
///   count as pages; 1 where the format has none
/// @param blocks the content in reading order
public record Document(Metadata metadata, int pageCount, List<Block> blocks) {

  public Document {
    if (pageCount < 0) {
      throw new IllegalArgumentException("pageCount must not be negative: " + pageCount);
    }
    blocks = List.copyOf(blocks);
  }
}
