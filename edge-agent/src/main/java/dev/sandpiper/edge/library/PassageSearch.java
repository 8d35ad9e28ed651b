package dev.sandpiper.edge.library;

import dev.sandpiper.edge.library.ChunkIndex.StoredChunk;
import dev.sandpiper.edge.store.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the passages that have most of what a question looks for. The index proposes by its own
/// ranking, which knows nothing of nearness and of how many clues are met; what it proposes is then
/// read and ranked again.
final class PassageSearch {
  /// Chunks that are read and ranked again.
  private static final int CANDIDATES = 120;

  /// A clue in so many chunks proposes nothing by itself while others are rarer: its list is as
  /// long as the answer would be useless.
  private static final int COMMON = 5_000;

  /// In a small library a word of the one document that matters is no less telling than elsewhere:
  /// it counts as if there were so many chunks.
  private static final long SMALL = 20;

  /// What a clue counts however common it is. Else a rare word of the question's frame ("end")
  /// would outweigh two words of its subject that many documents here have ("boiler warranty").
  private static final double GIVEN = 1;

  /// What it counts that the conversation is about a document already.
  private static final double FAVOUR = 0.15;

  private final Tx tx;
  private final PassageQuery query;

  PassageSearch(Tx tx, PassageQuery query) {
    this.tx = tx;
    this.query = query;
  }

  List<Passage> run() {
    long total = chunkCount();
    List<Known> known = new ArrayList<>();
    for (Clue clue : query.clues()) {
      known.add(new Known(clue, frequency(clue)));
    }
    Optional<String> expression = expression(known);
    if (expression.isEmpty()) {
      return List.of();
    }
    PassageRanking ranking =
        new PassageRanking(known.stream().map(clue -> clue.weighed(total)).toList());
    List<Passage> ranked = new ArrayList<>();
    Map<Long, Optional<DocumentInfo>> documents = new HashMap<>();
    double best = 0;
    for (Proposal proposal : propose(expression.get())) {
      best = Math.max(best, proposal.score());
      double share = best == 0 ? 0 : proposal.score() / best;
      read(proposal, documents)
          .ifPresent(passage -> ranked.add(favour(ranking.rank(passage, share))));
    }
    return pick(ranked, query);
  }

  /// @param chunks how many chunks have it, up to a bound
  private record Known(Clue clue, int chunks) {
    PassageRanking.Weighed weighed(long total) {
      long all = Math.max(total, SMALL);
      double rarity = Math.log(1 + (all - chunks + 0.5) / (chunks + 0.5));
      return new PassageRanking.Weighed(clue, clue.weight() * (GIVEN + rarity));
    }
  }

  private record Proposal(long chunk, double score) {}

  private long chunkCount() {
    return tx.queryOne(
            "SELECT coalesce(sum(chunks), 0) FROM documents WHERE state='PARSED'",
            row -> row.number(1))
        .orElse(0L);
  }

  private int frequency(Clue clue) {
    return tx.queryOne(
            "SELECT count(*) FROM (SELECT 1 FROM chunk_words WHERE chunk_words MATCH ? LIMIT ?)",
            row -> (int) row.number(1),
            forms(clue),
            COMMON)
        .orElse(0);
  }

  /// Any of the clues that are not in every other chunk; when all are, all of them.
  private static Optional<String> expression(List<Known> known) {
    List<Known> there = known.stream().filter(clue -> clue.chunks() > 0).toList();
    List<Known> rare = there.stream().filter(clue -> clue.chunks() < COMMON).toList();
    if (there.isEmpty()) {
      return Optional.empty();
    }
    String joint = rare.isEmpty() ? " AND " : " OR ";
    return Optional.of(
        (rare.isEmpty() ? there : rare)
            .stream()
                .map(clue -> "(" + forms(clue.clue()) + ")")
                .collect(Collectors.joining(joint)));
  }

  private static String forms(Clue clue) {
    return clue.anyOf().stream().map(Search::phrase).collect(Collectors.joining(" OR "));
  }

  private List<Proposal> propose(String expression) {
    Facet facet = new Facet(query.scope().facets(), query.scope().sentBy());
    List<@Nullable Object> match = new ArrayList<>();
    match.add(expression);
    return tx.query(
        "SELECT chunk_words.rowid, bm25(chunk_words, 2.0, 2.0, 1.0) AS score FROM chunk_words"
            + " JOIN documents d ON d.id = chunk_words.rowid >> 20 WHERE chunk_words MATCH ?"
            + " AND d.state='PARSED'"
            + facet.sql()
            + " ORDER BY score LIMIT ?",
        row -> new Proposal(row.number(1), -row.real(2)),
        facet.args(match, List.of(CANDIDATES)));
  }

  private Optional<Passage> read(Proposal proposal, Map<Long, Optional<DocumentInfo>> documents) {
    Optional<DocumentInfo> document =
        documents.computeIfAbsent(
            proposal.chunk() >> ChunkIndex.ORDINAL_BITS, id -> Documents.find(tx, id));
    return document.flatMap(
        its -> ChunkIndex.find(tx, proposal.chunk()).map(chunk -> passage(its, chunk)));
  }

  static Passage passage(DocumentInfo document, StoredChunk chunk) {
    return new Passage(
        chunk.id(), document, chunk.headings(), chunk.pages(), chunk.place(), chunk.text(), 0, 0);
  }

  private Passage favour(Passage passage) {
    return query.favoured().contains(passage.document().sha256())
        ? passage.scored(passage.score() + FAVOUR)
        : passage;
  }

  /// The best, not too many of one document.
  static List<Passage> pick(List<Passage> ranked, PassageQuery query) {
    Map<Long, Integer> taken = new HashMap<>();
    List<Passage> picked = new ArrayList<>();
    ranked.sort(
        Comparator.comparingDouble(Passage::score).reversed().thenComparingLong(Passage::id));
    for (Passage passage : ranked) {
      boolean favoured = query.favoured().contains(passage.document().sha256());
      int most = favoured ? query.perDocument() * 2 : query.perDocument();
      if (picked.size() < query.limit()
          && taken.merge(passage.document().id(), 1, Integer::sum) <= most) {
        picked.add(passage);
      }
    }
    return picked;
  }
}
