package dev.sandpiper.edge.library;

import dev.sandpiper.edge.library.DocumentFilter.Facets;
import java.util.List;

/// What somebody looks for.
///
/// @param terms all must be in a document's chunk, except those excluded
/// @param facets filters
/// @param notes what of the input was not understood, for the person who wrote it
/// @param offset documents to pass over, 0 to 1000
/// @param limit most documents to answer, 1 to 100
public record SearchQuery(
    List<Term> terms, Facets facets, List<String> notes, int offset, int limit) {

  /// Longest input read, in characters.
  public static final int MAX_LENGTH = 1000;

  public SearchQuery {
    terms = List.copyOf(terms);
    notes = List.copyOf(notes);
    if (offset < 0 || offset > 1000 || limit < 1 || limit > 100) {
      throw new IllegalArgumentException(
          "a page of hits has offset 0 to 1000 and limit 1 to 100, not "
              + offset
              + " and "
              + limit);
    }
  }

  /// Understands whatever a person types: words, `"a phrase"`, `begin*`, `-not`, and the filters
  /// `type:pdf`, `after:2025-01-31`, `before:2026`, `tag:tax`, `lang:de`. Never throws.
  public static SearchQuery parse(String input) {
    return new QueryReader(input).read();
  }

  /// The same for another page.
  public SearchQuery page(int newOffset, int newLimit) {
    return new SearchQuery(terms, facets, notes, newOffset, newLimit);
  }

  /// Words that follow each other.
  ///
  /// @param words as they were typed, one or more; letters and digits only
  /// @param prefix whether the last word may go on
  /// @param excluded whether a hit must not contain it
  /// @param literal whether it was put in quotation marks, and no other form of it will do
  public record Term(List<String> words, boolean prefix, boolean excluded, boolean literal) {
    public Term {
      words = List.copyOf(words);
    }

    public Term(List<String> words, boolean prefix, boolean excluded) {
      this(words, prefix, excluded, false);
    }

    /// The same, and when it is a plain word its other forms: any of them will do.
    List<Term> forms() {
      return words.size() > 1 || prefix || excluded || literal
          ? List.of(this)
          : Inflections.of(words.getFirst()).stream()
              .map(form -> new Term(List.of(form), false, false))
              .toList();
    }
  }
}
