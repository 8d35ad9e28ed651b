package dev.sandpiper.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a document for retrieval: whole blocks, bounded in size.
///
/// @param id stable id: the same document parsed by the same version gives the same ids
/// @param ordinal position in the document, from 0
/// @param headings titles above the chunk, outermost first
/// @param pages pages it spans; `null` for formats without pages
/// @param place sheet and range, slide, or part, for a person to read; `null` when there is none
/// @param text the chunk's Markdown, without its headings
public record Chunk(
    String id,
    int ordinal,
    List<String> headings,
    @Nullable PageRange pages,
    @Nullable String place,
    String text) {

  public Chunk {
    headings = List.copyOf(headings);
  }
}
