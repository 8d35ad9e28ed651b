package dev.sandpiper.edge.library;

import dev.sandpiper.edge.library.DocumentFilter.Facets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a question looks for. Unlike a search, a passage need not have all of it.
///
/// @param clues the more of them a passage has, the better
/// @param scope which documents may answer
/// @param favoured documents (SHA-256) that the conversation is about
/// @param limit most passages to answer, 1 to 100
/// @param perDocument most of them from one document
public record PassageQuery(
    List<Clue> clues, Scope scope, Set<String> favoured, int limit, int perDocument) {
  /// Most clues of one question.
  public static final int MAX_CLUES = 24;

  public PassageQuery {
    clues = List.copyOf(clues.size() > MAX_CLUES ? clues.subList(0, MAX_CLUES) : clues);
    favoured = Set.copyOf(favoured);
    if (limit < 1 || limit > 100 || perDocument < 1) {
      throw new IllegalArgumentException("a question has 1 to 100 passages, not " + limit);
    }
  }

  /// Which documents.
  ///
  /// @param sentBy only what this person sent; `null`: everybody's
  public record Scope(Facets facets, @Nullable Long sentBy) {
    /// Every document.
    public static final Scope ALL = new Scope(Facets.ANY, null);

    /// The same documents, whatever their date and type.
    public Scope withoutFacets() {
      return new Scope(Facets.ANY, sentBy);
    }
  }
}
