package dev.sandpiper.edge.library;

import dev.sandpiper.contract.PageRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The best place in a document.
///
/// @param headings titles above the place, outermost first
/// @param pages pages of the place; `null` without pages
/// @param place sheet, slide or part; `null` when there is none
/// @param score higher is better; comparable within one search
public record SearchHit(
    DocumentInfo document,
    List<String> headings,
    @Nullable PageRange pages,
    @Nullable String place,
    Snippet snippet,
    double score) {
  public SearchHit {
    headings = List.copyOf(headings);
  }
}
