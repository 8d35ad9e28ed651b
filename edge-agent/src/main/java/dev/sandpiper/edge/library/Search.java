package dev.sandpiper.edge.library;

import dev.sandpiper.edge.library.SearchQuery.Term;
import dev.sandpiper.edge.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the best chunk of each document, best document first.
final class Search {
  /// Chunks looked at, best first, before a search gives up on more documents.
  private static final int MAX_CANDIDATES = 5000;

  private static final Collector<CharSequence, ?, String> ANY_FORM =
      Collectors.joining(" OR ", "(", ")");

  private final Tx tx;
  private final SearchQuery query;
  private final @Nullable Long sentBy;

  /// @param sentBy only what this person sent; `null`: everybody's
  Search(Tx tx, SearchQuery query, @Nullable Long sentBy) {
    this.tx = tx;
    this.query = query;
    this.sentBy = sentBy;
  }

  SearchPage run() {
    boolean wanted = query.terms().stream().anyMatch(term -> !term.excluded());
    Map<Long, Found> best = new LinkedHashMap<>();
    if (wanted) {
      collectMatches(best);
    } else if (query.terms().isEmpty() && !query.facets().equals(DocumentFilter.Facets.ANY)) {
      collectNewest(best);
    }
    List<SearchHit> hits =
        best.values().stream().skip(query.offset()).limit(query.limit()).map(this::hit).toList();
    List<String> notes = new ArrayList<>(query.notes());
    if (best.isEmpty()) {
      Facet.unknownType(query.facets().type()).ifPresent(notes::add);
    }
    return new SearchPage(hits, best.size() > query.offset() + query.limit(), notes);
  }

  /// @param chunk its best chunk
  private record Found(long document, long chunk, double score) {}

  /// Title before heading before text: a word in a title says most about a document.
  private void collectMatches(Map<Long, Found> best) {
    Facet facet = new Facet(query.facets(), sentBy);
    List<@Nullable Object> match = new ArrayList<>();
    match.add(expression());
    tx.each(
        "SELECT chunk_words.rowid, bm25(chunk_words, 4.0, 2.0, 1.0) AS score FROM chunk_words"
            + " JOIN documents d ON d.id = chunk_words.rowid >> 20 WHERE chunk_words MATCH ?"
            + " AND d.state='PARSED'"
            + facet.sql()
            + " ORDER BY score LIMIT "
            + MAX_CANDIDATES,
        row -> {
          long chunk = row.number(1);
          long document = chunk >> ChunkIndex.ORDINAL_BITS;
          best.putIfAbsent(document, new Found(document, chunk, -row.real(2)));
          return best.size() <= query.offset() + query.limit();
        },
        facet.args(match, List.of()));
  }

  private void collectNewest(Map<Long, Found> best) {
    Facet facet = new Facet(query.facets(), sentBy);
    tx.each(
        "SELECT d.id FROM documents d WHERE d.state='PARSED'"
            + facet.sql()
            + " ORDER BY d.id DESC LIMIT ?",
        row -> {
          long id = row.number(1);
          best.put(id, new Found(id, id << ChunkIndex.ORDINAL_BITS, 0));
          return true;
        },
        facet.args(List.of(), List.of(query.offset() + query.limit() + 1)));
  }

  private SearchHit hit(Found found) {
    DocumentInfo document = Documents.find(tx, found.document()).orElseThrow();
    return ChunkIndex.find(tx, telling(found))
        .map(chunk ->
            new SearchHit(
                document,
                chunk.headings(),
                chunk.pages(),
                chunk.place(),
                Snippets.of(chunk.text(), query.terms()),
                found.score()))
        .orElseGet(() ->
            new SearchHit(
                document, List.of(), null, null, new Snippet("", List.of()), found.score()));
  }

  /// The chunk to show. A word in the title makes every chunk of the document match, the shortest
  /// best of all; one that has the words itself says more.
  private long telling(Found found) {
    if (query.terms().stream().allMatch(Term::excluded)) {
      return found.chunk();
    }
    return tx.queryOne(
            "SELECT rowid FROM chunk_words WHERE chunk_words MATCH ? AND rowid >= ? AND rowid < ?"
                + " ORDER BY bm25(chunk_words, 0.0, 2.0, 1.0) LIMIT 1",
            row -> row.number(1),
            "{headings text} : (" + expression() + ")",
            found.document() << ChunkIndex.ORDINAL_BITS,
            (found.document() + 1) << ChunkIndex.ORDINAL_BITS)
        .orElse(found.chunk());
  }

  /// The terms in FTS5's language. Words are letters and digits only and stand in quotes, so
  /// nothing a person types can be an operator.
  private String expression() {
    String all = terms(false).collect(Collectors.joining(" AND "));
    String none = terms(true).collect(Collectors.joining(" OR "));
    return none.isEmpty() ? all : "(" + all + ") NOT (" + none + ")";
  }

  /// What is excluded is meant as it is written; what is looked for may stand in another form.
  private Stream<String> terms(boolean excluded) {
    return query.terms().stream()
        .filter(term -> term.excluded() == excluded)
        .map(term -> term.forms().stream().map(Search::phrase).collect(ANY_FORM));
  }

  static String phrase(Term term) {
    String quoted = "\"" + String.join(" ", term.words()) + "\"";
    return term.prefix() ? quoted + " *" : quoted;
  }
}
