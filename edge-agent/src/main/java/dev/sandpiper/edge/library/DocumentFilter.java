package dev.sandpiper.edge.library;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which documents to list, newest first. What is `null` does not matter.
///
/// @param beforeId only ids below this; [Long#MAX_VALUE] for the first page
/// @param limit most documents to answer, 1 to 1000
public record DocumentFilter(
    @Nullable DocumentState state, Facets facets, long beforeId, int limit) {

  public DocumentFilter {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("a page has 1 to 1000 documents, not " + limit);
    }
  }

  /// The newest documents.
  public static DocumentFilter newest(int limit) {
    return new DocumentFilter(null, Facets.ANY, Long.MAX_VALUE, limit);
  }

  /// What a document can be filtered by, in lists and in searches.
  ///
  /// @param type media type, or a short name such as `pdf`
  /// @param after the document's own date, or else its arrival, is this or later
  /// @param before … is earlier
  public record Facets(
      @Nullable String type,
      @Nullable Instant after,
      @Nullable Instant before,
      @Nullable String tag,
      @Nullable String language) {

    /// Everything.
    public static final Facets ANY = new Facets(null, null, null, null, null);
  }
}
