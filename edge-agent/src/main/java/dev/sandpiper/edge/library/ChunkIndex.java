package dev.sandpiper.edge.library;

import dev.sandpiper.contract.Chunk;
import dev.sandpiper.contract.PageRange;
import dev.sandpiper.edge.store.Row;
import dev.sandpiper.edge.store.Tx;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The chunks of the documents and the index of their words.
final class ChunkIndex {
  /// Bits of a chunk's id that count within its document.
  static final int ORDINAL_BITS = 20;

  /// What is beyond a million chunks is not indexed.
  static final int MOST_CHUNKS = 1 << ORDINAL_BITS;

  /// Pages of the index written in one step of a merge.
  private static final int MERGE_PAGES = 500;

  private ChunkIndex() {}

  /// A chunk as it is stored.
  record StoredChunk(
      long id,
      List<String> headings,
      @Nullable PageRange pages,
      @Nullable String place,
      String text) {}

  /// Takes in chunks of a document, the first as number `first`.
  ///
  /// @param title of all of its chunks, as the index knows it
  static void insert(Tx tx, long document, String title, List<Chunk> chunks, int first) {
    String spacedTitle = Words.spaced(title);
    long id = document << ORDINAL_BITS | first;
    for (Chunk chunk : chunks) {
      String headings = clean(String.join("\n", chunk.headings()));
      String text = clean(chunk.text());
      PageRange pages = chunk.pages();
      tx.update(
          "INSERT INTO chunks (id, headings, first_page, last_page, place, text)"
              + " VALUES (?, ?, ?, ?, ?, ?)",
          id,
          headings,
          pages == null ? null : pages.first(),
          pages == null ? null : pages.last(),
          chunk.place(),
          text);
      tx.update(
          "INSERT INTO chunk_words (rowid, title, headings, text) VALUES (?, ?, ?, ?)",
          id,
          spacedTitle,
          Words.spaced(headings),
          Words.spaced(text));
      id++;
    }
  }

  /// How many chunks of a document are in the index, taken in or on their way.
  static int count(Tx tx, long document) {
    return tx.queryOne(
            "SELECT count(*) FROM chunks WHERE id>=? AND id<?",
            row -> (int) row.number(1),
            document << ORDINAL_BITS,
            (document + 1) << ORDINAL_BITS)
        .orElseThrow();
  }

  /// Removes a document's chunks and takes their words out of the index, which needs the very text
  /// that was indexed.
  ///
  /// @param traceless whether no trace stays: word by word, slow for many chunks. Otherwise the
  ///   words stay in the index's older segments, unseen, until those are merged
  static void remove(Tx tx, long document, String title, boolean traceless) {
    if (find(tx, document << ORDINAL_BITS).isEmpty()) {
      return;
    }
    tx.update("INSERT INTO chunk_words (chunk_words, rank) VALUES ('secure-delete', ?)", traceless);
    String spacedTitle = Words.spaced(title);
    long first = document << ORDINAL_BITS;
    long last = (document + 1) << ORDINAL_BITS;
    tx.each(
        "SELECT id, headings, text FROM chunks WHERE id>=? AND id<?",
        row -> {
          tx.update(
              "INSERT INTO chunk_words (chunk_words, rowid, title, headings, text)"
                  + " VALUES ('delete', ?, ?, ?, ?)",
              row.number(1),
              spacedTitle,
              Words.spaced(row.text(2)),
              Words.spaced(row.text(3)));
          return true;
        },
        first,
        last);
    tx.update("DELETE FROM chunks WHERE id>=? AND id<?", first, last);
    Vectors.remove(tx, document, first, last);
  }

  /// Merges a step of the index's segments into one, which leaves behind what was removed.
  ///
  /// @return whether there is more to do
  static boolean merge(Tx tx, boolean first) {
    long before = totalChanges(tx);
    tx.update(
        "INSERT INTO chunk_words (chunk_words, rank) VALUES ('merge', ?)",
        first ? -MERGE_PAGES : MERGE_PAGES);
    return totalChanges(tx) - before > 1;
  }

  private static long totalChanges(Tx tx) {
    return tx.queryOne("SELECT total_changes()", row -> row.number(1)).orElseThrow();
  }

  static Optional<StoredChunk> find(Tx tx, long id) {
    return tx.queryOne(
        "SELECT id, headings, first_page, last_page, place, text FROM chunks WHERE id=?",
        ChunkIndex::stored,
        id);
  }

  /// A document's chunks in order, or those that touch some pages, until the reader has enough.
  static void each(Tx tx, long document, @Nullable PageRange pages, Predicate<StoredChunk> reader) {
    tx.each(
        "SELECT id, headings, first_page, last_page, place, text FROM chunks WHERE id>=? AND id<?"
            + " AND (? IS NULL OR (last_page>=? AND first_page<=?)) ORDER BY id",
        row -> reader.test(stored(row)),
        document << ORDINAL_BITS,
        (document + 1) << ORDINAL_BITS,
        pages == null ? null : pages.first(),
        pages == null ? null : pages.first(),
        pages == null ? null : pages.last());
  }

  /// A document's chunks from its end, until the reader has enough.
  static void eachFromEnd(Tx tx, long document, Predicate<StoredChunk> reader) {
    tx.each(
        "SELECT id, headings, first_page, last_page, place, text FROM chunks WHERE id>=? AND id<?"
            + " ORDER BY id DESC",
        row -> reader.test(stored(row)),
        document << ORDINAL_BITS,
        (document + 1) << ORDINAL_BITS);
  }

  private static StoredChunk stored(Row row) {
    Long first = row.nullableNumber(3);
    String headings = row.text(2);
    return new StoredChunk(
        row.number(1),
        headings.isEmpty() ? List.of() : Arrays.asList(headings.split("\n", -1)),
        first == null ? null : new PageRange(first.intValue(), (int) row.number(4)),
        row.nullableText(5),
        row.text(6));
  }

  /// A NUL would end the text for SQLite's functions.
  private static String clean(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', ' ');
  }
}
