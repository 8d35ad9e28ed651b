package dev.sandpiper.edge.library;

import dev.sandpiper.contract.Metadata;
import dev.sandpiper.edge.store.Row;
import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table of documents.
final class Documents {
  private static final String SELECT =
      "SELECT d.id, d.sha256, d.name, d.size, d.state, d.media_type, d.pages, d.title, d.authors,"
          + " d.created, d.modified, d.language, d.code, d.message, d.warnings, d.result,"
          + " d.result_size, d.chunks, d.received, d.parsed, (SELECT group_concat(tag, char(10))"
          + " FROM (SELECT tag FROM tags WHERE document=d.id ORDER BY tag)) FROM documents d ";
  private static final int SHORTEST_PREFIX = 6;

  private Documents() {}

  static Optional<DocumentInfo> find(Tx tx, String sha256) {
    return tx.queryOne(SELECT + "WHERE d.sha256=?", Documents::info, sha256);
  }

  static Optional<DocumentInfo> find(Tx tx, long id) {
    return tx.queryOne(SELECT + "WHERE d.id=?", Documents::info, id);
  }

  /// By SHA-256, an unambiguous beginning of it, or a name; of several with a name the newest.
  static Optional<DocumentInfo> search(Tx tx, String key) {
    if (key.length() >= SHORTEST_PREFIX && key.length() <= 64) {
      List<DocumentInfo> found =
          tx.query(
              SELECT + "WHERE d.sha256>=? AND d.sha256<? LIMIT 2", Documents::info, key, key + "g");
      if (found.size() == 1) {
        return Optional.of(found.getFirst());
      }
    }
    return tx.queryOne(
        SELECT + "WHERE d.name=? COLLATE NOCASE ORDER BY d.id DESC LIMIT 1", Documents::info, key);
  }

  static List<DocumentInfo> list(Tx tx, DocumentFilter filter, @Nullable Long sentBy) {
    Facet facet = new Facet(filter.facets(), sentBy);
    List<@Nullable Object> before = new ArrayList<>();
    before.add(filter.beforeId());
    before.add(filter.state());
    before.add(filter.state());
    return tx.query(
        SELECT
            + "WHERE d.id<? AND (? IS NULL OR d.state=?)"
            + facet.sql()
            + " ORDER BY d.id DESC LIMIT ?",
        Documents::info,
        facet.args(before, List.of(filter.limit())));
  }

  static void insert(Tx tx, NewArrival arrival, Instant now) {
    tx.insert(
        "INSERT INTO documents (sha256, name, size, state, media_type, received)"
            + " VALUES (?, ?, ?, 'PENDING', ?, ?)",
        arrival.sha256(),
        arrival.name(),
        arrival.size(),
        arrival.mediaType(),
        now);
  }

  static void title(Tx tx, long id, @Nullable String title) {
    tx.update("UPDATE documents SET title=?1 WHERE id=?2 AND title IS NOT ?1", title, id);
  }

  static void parsed(Tx tx, long id, ParsedResult result, int chunks, Instant now) {
    Metadata metadata = result.reply().metadata();
    tx.update(
        "UPDATE documents SET state='PARSED', media_type=?, pages=?, title=?, authors=?,"
            + " created=?, modified=?, language=?, code=NULL, message=NULL, warnings=?,"
            + " result=?, result_size=?, chunks=?, parsed=? WHERE id=?",
        metadata.mediaType(),
        result.reply().pageCount(),
        metadata.title(),
        String.join("\n", metadata.authors()),
        metadata.created(),
        metadata.modified(),
        metadata.language(),
        result.reply().warnings().size(),
        result.sha256(),
        result.size(),
        chunks,
        now,
        id);
  }

  static void state(
      Tx tx, String sha256, DocumentState state, @Nullable String code, @Nullable String message) {
    tx.update(
        "UPDATE documents SET state=?, code=?, message=? WHERE sha256=?",
        state,
        code,
        message,
        sha256);
  }

  static boolean references(Tx tx, String sha256) {
    return tx.queryOne(
            "SELECT 1 FROM documents WHERE sha256=?1 OR result=?1 LIMIT 1",
            row -> row.number(1),
            sha256)
        .isPresent();
  }

  private static DocumentInfo info(Row row) {
    return new DocumentInfo(
        row.number(1),
        row.text(2),
        row.text(3),
        row.number(4),
        DocumentState.valueOf(row.text(5)),
        row.nullableText(6),
        (int) row.number(7),
        row.nullableText(8),
        lines(row.nullableText(9)),
        row.nullableInstant(10),
        row.nullableInstant(11),
        row.nullableText(12),
        row.nullableText(13),
        row.nullableText(14),
        (int) row.number(15),
        row.nullableText(16),
        row.number(17),
        (int) row.number(18),
        row.instant(19),
        row.nullableInstant(20),
        lines(row.nullableText(21)));
  }

  private static List<String> lines(@Nullable String text) {
    return text == null || text.isEmpty() ? List.of() : Arrays.asList(text.split("\n", -1));
  }
}
