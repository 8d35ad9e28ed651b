package dev.sandpiper.edge.library;

import dev.sandpiper.contract.Chunk;
import dev.sandpiper.contract.ContentSink;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The documents. Methods that take a [Tx] belong to the caller's transaction.
public final class Library {
  /// Up to so many chunks are taken out of the index word by word; with more it is cheaper to write
  /// the index anew.
  private static final int FEW_CHUNKS = 500;

  /// Stands for every document in [#derived].
  public static final String ANY = "*";

  private final Database database;
  private final BlobStore blobs;
  private final @Nullable JobQueue queue;
  private final InstantSource clock;

  /// The agent's library.
  public Library(Database database, BlobStore blobs, JobQueue queue, InstantSource clock) {
    this.database = database;
    this.blobs = blobs;
    this.queue = queue;
    this.clock = clock;
  }

  private Library(Database database, BlobStore blobs) {
    this.database = database;
    this.blobs = blobs;
    this.queue = null;
    this.clock = () -> Instant.EPOCH;
  }

  /// A library to look into, on a database that is open read-only.
  public static Library readOnly(Database database, BlobStore blobs) {
    return new Library(database, blobs);
  }

  /// Records that a document came. When it is new, the caller enqueues its job in the same
  /// transaction; otherwise its state says what to answer.
  ///
  /// @throws SourceGoneException when it was deleted since its bytes were stored
  public Arrival record(Tx tx, NewArrival arrival) {
    // A deletion removes bytes on this same thread, so what is here now stays.
    if (!blobs.exists(arrival.sha256())) {
      throw new SourceGoneException(arrival.name());
    }
    Instant now = clock.instant();
    boolean isNew = Documents.find(tx, arrival.sha256()).isEmpty();
    if (isNew) {
      Documents.insert(tx, arrival, now);
    }
    tag(tx, arrival.sha256(), arrival.tags());
    DocumentInfo document = Documents.find(tx, arrival.sha256()).orElseThrow();
    tx.insert(
        "INSERT INTO arrivals (document, name, origin, batch, received) VALUES (?, ?, ?, ?, ?)",
        document.id(),
        arrival.name(),
        arrival.origin(),
        arrival.batch(),
        now);
    return new Arrival(document, isNew);
  }

  /// Reads a result's chunks, the first half of taking it in. A long document's go into the index
  /// in transactions of their own, so that others can write between them; none is found before
  /// [#storeParsed]. An attempt that breaks off leaves some behind, which the next one removes.
  ///
  /// @param wanted asked in each transaction: false when the caller's job is not its own any more
  /// @return empty when that was so
  public Optional<IndexedResult> index(String sha256, ParsedResult result, Predicate<Tx> wanted) {
    Staging staging =
        new Staging((chunks, first) ->
            database.<Boolean>writeLazily(tx -> {
              boolean go = wanted.test(tx);
              if (go) {
                stage(tx, sha256, result, chunks, first);
              }
              return go;
            }));
    try (InputStream in = blobs.read(result.sha256())) {
      ReplyJson.read(in, staging);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the stored result of " + sha256, e);
    }
    return staging.wanted()
        ? Optional.of(new IndexedResult(result, staging.staged(), staging.rest()))
        : Optional.empty();
  }

  /// Takes a result in: the document's properties, and the rest of its chunks into the index. The
  /// content stays in the stored result.
  public void storeParsed(Tx tx, String sha256, IndexedResult indexed) {
    ParsedResult result = indexed.result();
    long id = stage(tx, sha256, result, indexed.rest(), indexed.staged());
    int chunks = indexed.staged() + indexed.rest().size();
    Documents.parsed(tx, id, result, chunks, clock.instant());
  }

  /// Puts chunks in. The first find the document cleared, under the title they are indexed with: it
  /// is needed to take them out again.
  private long stage(Tx tx, String sha256, ParsedResult result, List<Chunk> chunks, int first) {
    DocumentInfo document = require(tx, sha256);
    String title = result.reply().metadata().title();
    if (first == 0) {
      clear(tx, document, false);
      Documents.title(tx, document.id(), title);
    }
    ChunkIndex.insert(tx, document.id(), indexedTitle(title, document.name()), chunks, first);
    return document.id();
  }

  private static void clear(Tx tx, DocumentInfo document, boolean traceless) {
    String title = indexedTitle(document.title(), document.name());
    ChunkIndex.remove(tx, document.id(), title, traceless);
  }

  /// Records that a document cannot be parsed.
  public void storeFailed(Tx tx, String sha256, String code, String message) {
    Documents.find(tx, sha256).ifPresent(document -> clear(tx, document, false));
    Documents.state(tx, sha256, DocumentState.FAILED, code, message);
  }

  /// Records that a document's job waits for an operator.
  public void storeParked(Tx tx, String sha256, String reason) {
    Documents.state(tx, sha256, DocumentState.PARKED, null, reason);
  }

  /// Records that a document's job goes on.
  public void storePending(Tx tx, String sha256) {
    Documents.state(tx, sha256, DocumentState.PENDING, null, null);
  }

  /// Finds a document by SHA-256, by at least six characters of its beginning, or by name.
  public Optional<DocumentInfo> find(String key) {
    return database.read(tx -> Documents.search(tx, key));
  }

  /// Finds a document by its number.
  public Optional<DocumentInfo> find(long id) {
    return database.read(tx -> Documents.find(tx, id));
  }

  /// Finds a document by SHA-256, within the caller's transaction.
  public Optional<DocumentInfo> find(Tx tx, String sha256) {
    return Documents.find(tx, sha256);
  }

  /// Documents, newest first.
  public List<DocumentInfo> list(DocumentFilter filter) {
    return list(filter, null);
  }

  /// The same.
  ///
  /// @param sentBy only what this person sent; `null`: everybody's
  public List<DocumentInfo> list(DocumentFilter filter, @Nullable Long sentBy) {
    return database.read(tx -> Documents.list(tx, filter, sentBy));
  }

  /// Searches titles, headings and text.
  public SearchPage search(SearchQuery query) {
    return search(query, null);
  }

  /// The same.
  ///
  /// @param sentBy only what this person sent; `null`: everybody's
  public SearchPage search(SearchQuery query, @Nullable Long sentBy) {
    return database.read(tx -> new Search(tx, query, sentBy).run());
  }

  /// Who sent a document through a conversation, by their numbers.
  public Set<Long> senders(String sha256) {
    return database.read(tx ->
        Set.copyOf(
            tx.query(
                "SELECT person FROM document_people WHERE document=? LIMIT 1000",
                row -> row.number(1),
                sha256)));
  }

  /// Notes that a file was made from a document, so that it goes when the document does. Nothing
  /// else keeps it: it is there until it has been sent.
  ///
  /// @param sha256 the document; [#ANY]: it was made from many, and goes with the first of them
  public void derived(Tx tx, String sha256, String blob) {
    tx.update("INSERT OR IGNORE INTO derived (document, blob) VALUES (?, ?)", sha256, blob);
  }

  /// Forgets that somebody sent a document.
  public void forgetSender(Tx tx, String sha256, long person) {
    tx.update("DELETE FROM document_people WHERE document=? AND person=?", sha256, person);
  }

  /// Writes a document as Markdown to `out`, which stays open.
  ///
  /// @throws NoResultException when it is not parsed
  public void writeMarkdown(String sha256, OutputStream out) throws IOException {
    try (InputStream in = openResult(sha256)) {
      ReplyJson.read(in, new MarkdownTo(out));
    }
  }

  /// Writes a document's whole result as JSON to `out`, which stays open.
  ///
  /// @throws NoResultException when it is not parsed
  public void writeJson(String sha256, OutputStream out) throws IOException {
    try (InputStream in = openResult(sha256)) {
      in.transferTo(out);
    }
  }

  /// Deletes a document: its properties, text, index, arrivals, jobs, source and result. When this
  /// returns, none of it is on the disk any more.
  ///
  /// @return whether there was such a document
  public boolean delete(String sha256) {
    Optional<Deleted> deleted = database.write(tx -> deleteRows(tx, sha256));
    if (deleted.isEmpty()) {
      return false;
    }
    database.<@Nullable Void>write(tx -> {
      deleted.get().blobs().forEach(blob -> deleteUnreferenced(tx, blob));
      return null;
    });
    if (deleted.get().chunks() > FEW_CHUNKS) {
      mergeIndex();
    }
    database.scrub();
    return true;
  }

  /// Puts tags on a document.
  public void tag(Tx tx, String sha256, Set<String> tags) {
    for (String tag : tags) {
      tx.update(
          "INSERT OR IGNORE INTO tags (tag, document) SELECT ?, id FROM documents WHERE sha256=?",
          tag,
          sha256);
    }
  }

  /// Takes a tag off a document.
  public void untag(Tx tx, String sha256, String tag) {
    tx.update(
        "DELETE FROM tags WHERE tag=? AND document=(SELECT id FROM documents WHERE sha256=?)",
        tag,
        sha256);
  }

  /// Opens a batch and answers its number, for the arrivals that belong to it.
  public long openBatch(Tx tx, String label) {
    return tx.insert("INSERT INTO batches (label, created) VALUES (?, ?)", label, clock.instant());
  }

  /// How far a batch is.
  public Optional<BatchProgress> batch(long id) {
    return database.read(tx ->
        tx.queryOne(
            "SELECT b.id, b.label, b.created, count(d.id), coalesce(sum(d.state='PENDING'), 0),"
                + " coalesce(sum(d.state='PARSED'), 0), coalesce(sum(d.state='FAILED'), 0),"
                + " coalesce(sum(d.state='PARKED'), 0) FROM batches b LEFT JOIN arrivals a ON"
                + " a.batch=b.id LEFT JOIN documents d ON d.id=a.document WHERE b.id=?"
                + " GROUP BY b.id",
            row ->
                new BatchProgress(
                    row.number(1),
                    row.text(2),
                    row.instant(3),
                    (int) row.number(4),
                    (int) row.number(5),
                    (int) row.number(6),
                    (int) row.number(7),
                    (int) row.number(8)),
            id));
  }

  /// Whether a blob is a document or a result: a sweep must spare it.
  public boolean references(String sha256) {
    return database.read(tx -> Documents.references(tx, sha256));
  }

  /// In steps, so that others can write between them.
  private void mergeIndex() {
    boolean more = database.<Boolean>write(tx -> ChunkIndex.merge(tx, true));
    while (more) {
      more = database.<Boolean>write(tx -> ChunkIndex.merge(tx, false));
    }
  }

  /// What a deletion leaves to do.
  ///
  /// @param chunks that were in the index; an attempt under way has put in some
  /// @param blobs its source, its result, and results of parts it was split into
  private record Deleted(int chunks, List<String> blobs) {}

  private Optional<Deleted> deleteRows(Tx tx, String sha256) {
    Optional<DocumentInfo> found = Documents.find(tx, sha256);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    DocumentInfo document = found.get();
    int chunks = ChunkIndex.count(tx, document.id());
    clear(tx, document, chunks <= FEW_CHUNKS);
    tx.update("DELETE FROM arrivals WHERE document=?", document.id());
    tx.update("DELETE FROM tags WHERE document=?", document.id());
    tx.update("DELETE FROM document_people WHERE document=?", sha256);
    forgetAnswers(tx, sha256);
    tx.update("DELETE FROM documents WHERE id=?", document.id());
    Set<String> its = new LinkedHashSet<>(List.of(sha256));
    if (document.result() != null) {
      its.add(document.result());
    }
    its.addAll(
        tx.query(
            "SELECT blob FROM derived WHERE document IN (?, ?)", row -> row.text(1), sha256, ANY));
    tx.update("DELETE FROM derived WHERE document IN (?, ?)", sha256, ANY);
    if (queue != null) {
      queue.outcomes(tx, sha256).forEach(outcome -> its.addAll(blobsIn(outcome)));
      queue.forget(tx, sha256);
    }
    return Optional.of(new Deleted(chunks, List.copyOf(its)));
  }

  /// What was answered from it: what a model is shown of chats in which it was cited, and the
  /// answers kept for the next time, which do not say what they were made from.
  private static void forgetAnswers(Tx tx, String sha256) {
    tx.update(
        "DELETE FROM sessions WHERE address IN (SELECT address FROM ask_turns WHERE"
            + " instr(documents, ?))",
        sha256);
    tx.update("DELETE FROM model_cache");
    Quotes.forget(tx, sha256);
  }

  /// The blobs a job's outcome names, in whatever words.
  private static List<String> blobsIn(String outcome) {
    return Arrays.stream(outcome.split("\"", -1)).filter(BlobStore::isSha256).toList();
  }

  /// On the writer thread, where [#record] looks: a document that arrived again meanwhile is kept.
  private void deleteUnreferenced(Tx tx, String blob) {
    if (Documents.references(tx, blob)) {
      return;
    }
    try {
      blobs.delete(blob);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the file of " + blob, e);
    }
  }

  private InputStream openResult(String sha256) throws IOException {
    DocumentInfo document =
        database
            .read(tx -> Documents.find(tx, sha256))
            .orElseThrow(() -> new NoResultException("There is no document " + sha256 + "."));
    if (document.result() == null) {
      throw new NoResultException(
          document.name()
              + " is not parsed"
              + (document.message() == null ? " yet." : ": " + document.message()));
    }
    return blobs.read(document.result());
  }

  private static DocumentInfo require(Tx tx, String sha256) {
    return Documents.find(tx, sha256)
        .orElseThrow(() -> new IllegalStateException("there is no document " + sha256));
  }

  /// What the index knows as the title: people look for file names, too.
  private static String indexedTitle(@Nullable String title, String name) {
    return title == null ? name : title + "\n" + name;
  }

  /// Copies the Markdown of a reply.
  private record MarkdownTo(OutputStream out) implements ContentSink {
    @Override
    public boolean wants(Section section) {
      return section == Section.MARKDOWN;
    }

    @Override
    public void markdown(String piece) throws IOException {
      out.write(piece.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void block(String json) {}

    @Override
    public void chunk(Chunk chunk) {}

    @Override
    public void page(String json) {}
  }
}
