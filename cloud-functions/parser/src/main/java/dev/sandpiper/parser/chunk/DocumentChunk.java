package dev.sandpiper.parser.chunk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a document for retrieval.
///
/// @param id 16 hex digits; the same document cut in the same way gives the same ids
/// @param ordinal position in the document, from 0
/// @param headings titles above all of the chunk, outermost first
/// @param firstPage first page it comes from, 1-based; `null` for formats without pages
/// @param lastPage last page it comes from; `null` for formats without pages
/// @param place sheet and range, slide, or part, for a person to read; `null` when there is none
/// @param text Markdown, without the titles in `headings`
public record DocumentChunk(
    String id,
    int ordinal,
    List<String> headings,
    @Nullable Integer firstPage,
    @Nullable Integer lastPage,
    @Nullable String place,
    String text) {

  public DocumentChunk {
    headings = List.copyOf(headings);
  }
}
