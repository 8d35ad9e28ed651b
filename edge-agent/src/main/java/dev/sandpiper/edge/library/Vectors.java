package dev.sandpiper.edge.library;

import dev.sandpiper.edge.library.PassageQuery.Scope;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/// Vectors of the chunks, by which passages are found that say the same in other words. Kept as one
/// byte a dimension; a search reads all of them, up to a bound.
public final class Vectors {
  private final Database database;
  private final int most;

  /// @param most vectors kept and read, those of the newest documents
  public Vectors(Database database, int most) {
    this.database = database;
    this.most = most;
  }

  /// Chunks of one document that wait for their vectors.
  ///
  /// @param last whether the document has no more of them
  public record Waiting(long document, List<Piece> pieces, boolean last) {
    public Waiting {
      pieces = List.copyOf(pieces);
    }
  }

  /// What a vector is made of: titles above the chunk, and its text.
  public record Piece(long id, String text) {}

  /// The next chunks of the newest document that has no vectors of this model yet.
  public Optional<Waiting> next(String model, int batch) {
    return database.read(tx -> next(tx, model, batch));
  }

  /// The same, within the caller's transaction.
  public Optional<Waiting> next(Tx tx, String model, int batch) {
    if (held(tx, model) >= most) {
      return Optional.empty();
    }
    return tx.queryOne(
            "SELECT d.id FROM documents d WHERE d.state='PARSED' AND d.chunks>0 AND NOT EXISTS"
                + " (SELECT 1 FROM vector_documents v WHERE v.document=d.id AND v.model=?)"
                + " ORDER BY d.id DESC LIMIT 1",
            row -> row.number(1),
            model)
        .map(id -> waiting(tx, id, model, batch));
  }

  private static Waiting waiting(Tx tx, long document, String model, int batch) {
    String title = Documents.find(tx, document).map(DocumentInfo::title).orElse("");
    List<Piece> pieces =
        tx.query(
            "SELECT c.id, c.headings, c.text FROM chunks c WHERE c.id>=? AND c.id<? AND NOT EXISTS"
                + " (SELECT 1 FROM vectors v WHERE v.id=c.id AND v.model=?) ORDER BY c.id LIMIT ?",
            row -> new Piece(row.number(1), title + "\n" + row.text(2) + "\n" + row.text(3)),
            document << ChunkIndex.ORDINAL_BITS,
            (document + 1) << ChunkIndex.ORDINAL_BITS,
            model,
            batch + 1);
    boolean last = pieces.size() <= batch;
    return new Waiting(document, last ? pieces : pieces.subList(0, batch), last);
  }

  private static long held(Tx tx, String model) {
    return tx.queryOne(
            "SELECT coalesce(sum(chunks), 0) FROM vector_documents WHERE model=?",
            row -> row.number(1),
            model)
        .orElse(0L);
  }

  /// Keeps the vectors of pieces; those of a document deleted meanwhile are dropped.
  ///
  /// @param vectors one for each piece
  public void store(Tx tx, String model, Waiting waiting, List<float[]> vectors) {
    if (Documents.find(tx, waiting.document()).isEmpty()) {
      return;
    }
    for (int i = 0; i < waiting.pieces().size(); i++) {
      tx.update(
          "INSERT OR REPLACE INTO vectors (id, model, vector) SELECT id, ?, ? FROM chunks WHERE id=?",
          model,
          Packed.of(vectors.get(i)).bytes(),
          waiting.pieces().get(i).id());
    }
    if (waiting.last()) {
      tx.update(
          "INSERT OR REPLACE INTO vector_documents (document, model, chunks)"
              + " SELECT id, ?, chunks FROM documents WHERE id=?",
          model,
          waiting.document());
    }
  }

  /// Removes a document's vectors.
  static void remove(Tx tx, long document, long first, long last) {
    tx.update("DELETE FROM vectors WHERE id>=? AND id<?", first, last);
    tx.update("DELETE FROM vector_documents WHERE document=?", document);
  }

  /// The passages nearest in meaning, nearest first; their score is the cosine.
  public List<Passage> nearest(String model, float[] question, Scope scope, int limit) {
    Packed wanted = Packed.of(question);
    return database.read(tx -> {
      PriorityQueue<Near> best = new PriorityQueue<>(Comparator.comparingDouble(Near::likeness));
      scan(
          tx,
          model,
          scope,
          (id, packed) -> {
            double likeness = wanted.times(packed);
            if (best.size() < limit) {
              best.add(new Near(id, likeness));
            } else if (best.element().likeness() < likeness) {
              best.remove();
              best.add(new Near(id, likeness));
            }
          });
      return passages(tx, best);
    });
  }

  private interface Visitor {
    void vector(long id, byte[] packed);
  }

  private record Near(long id, double likeness) {}

  private void scan(Tx tx, String model, Scope scope, Visitor visitor) {
    Facet facet = new Facet(scope.facets(), scope.sentBy());
    String join = scope.equals(Scope.ALL) ? "" : " JOIN documents d ON d.id = v.id >> 20";
    tx.each(
        "SELECT v.id, v.vector FROM vectors v"
            + join
            + " WHERE v.model=?"
            + facet.sql()
            + " ORDER BY v.id DESC LIMIT ?",
        row -> {
          visitor.vector(row.number(1), row.bytes(2));
          return true;
        },
        facet.args(List.of(model), List.of(most)));
  }

  private static List<Passage> passages(Tx tx, PriorityQueue<Near> best) {
    List<Passage> found = new ArrayList<>();
    while (!best.isEmpty()) {
      Near near = best.remove();
      Documents.find(tx, near.id() >> ChunkIndex.ORDINAL_BITS)
          .filter(document -> document.state() == DocumentState.PARSED)
          .flatMap(document ->
              ChunkIndex.find(tx, near.id())
                  .map(chunk -> PassageSearch.passage(document, chunk).scored(near.likeness())))
          .ifPresent(found::addFirst);
    }
    return found;
  }

  /// How many vectors of a model there are.
  public long count(String model) {
    return database.read(tx -> held(tx, model));
  }
}
