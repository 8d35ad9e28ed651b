package dev.sandpiper.edge.library;

import java.util.List;

/// A page of hits, best first; one per document.
///
/// @param hasMore whether there is a next page
/// @param notes what of the query was not understood
public record SearchPage(List<SearchHit> hits, boolean hasMore, List<String> notes) {
  public SearchPage {
    hits = List.copyOf(hits);
    notes = List.copyOf(notes);
  }
}
