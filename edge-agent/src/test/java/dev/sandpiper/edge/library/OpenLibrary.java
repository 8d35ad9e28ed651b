package dev.sandpiper.edge.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.Chunk;
import dev.sandpiper.contract.Metadata;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.contract.Usage;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.QueueOptions;
import dev.sandpiper.edge.store.Blob;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import dev.sandpiper.edge.store.Tx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of the library share: the real store, queue and library in a folder of their own, and
/// documents and results to put in.
public abstract class OpenLibrary {
  protected static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir protected Path home;
  protected Database database;
  protected BlobStore blobs;
  protected JobQueue queue;
  protected Library library;

  @BeforeEach
  void open() throws IOException {
    database = Database.open(home.resolve("edge.db"), DatabaseOptions.defaults());
    blobs = BlobStore.open(home);
    queue = new JobQueue(database, QueueOptions.defaults(), () -> NOW, new Random(1));
    library = new Library(database, blobs, queue, () -> NOW);
  }

  @AfterEach
  void close() {
    database.close();
  }

  protected void assertOnDiskNowhere(String... secrets) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String secret : secrets) {
          assertThat(bytes.contains(secret)).as(secret + " in " + file).isFalse();
        }
      }
    }
  }

  protected List<String> find(String query) {
    return library.search(SearchQuery.parse(query)).hits().stream()
        .map(hit -> hit.document().name())
        .toList();
  }

  protected Arrival arrive(String name, String content, @Nullable Long batch) throws IOException {
    Blob blob =
        blobs.put(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), 1 << 20);
    return database.<Arrival>write(
        tx -> library.record(tx, arrival(name, blob.sha256(), blob.size(), batch)));
  }

  protected static NewArrival arrival(String name, String sha256, long size, @Nullable Long batch) {
    return new NewArrival(sha256, size, name, null, "test", batch, Set.of());
  }

  protected DocumentInfo add(String name, @Nullable String title, String text) throws IOException {
    DocumentInfo document = arrive(name, name + text, null).document();
    parsed(document, meta("text/plain", title, null), text);
    return document;
  }

  protected void parsed(DocumentInfo document, @Nullable Metadata metadata, String text)
      throws IOException {
    store(
        document,
        metadata == null ? meta("application/pdf", null, null) : metadata,
        List.of(chunk(0, text)));
  }

  protected void store(DocumentInfo document, Metadata metadata, List<Chunk> chunks)
      throws IOException {
    takeIn(document, stored(metadata, chunks));
  }

  /// A result in the blob store, not taken in yet.
  protected ParsedResult stored(Metadata metadata, List<Chunk> chunks) throws IOException {
    ParseReply.Parsed reply = reply("r", metadata);
    Path file = written(reply, chunks);
    Blob blob = blobs.adopt(file, file.toString());
    return new ParsedResult(reply, blob.sha256(), blob.size());
  }

  /// A result in a file, as it comes from a worker.
  protected Path written(ParseReply.Parsed reply, List<Chunk> chunks) throws IOException {
    Path file = blobs.tempFile();
    try (OutputStream out = Files.newOutputStream(file)) {
      ReplyJson.write(
          reply,
          sink -> {
            sink.markdown("# Title\n\none");
            sink.markdown("two");
            for (Chunk chunk : chunks) {
              sink.chunk(chunk);
            }
          },
          out);
    }
    return file;
  }

  protected void takeIn(DocumentInfo document, ParsedResult result) {
    IndexedResult indexed = library.index(document.sha256(), result, _ -> true).orElseThrow();
    write(tx -> library.storeParsed(tx, document.sha256(), indexed));
  }

  protected Optional<String> result(DocumentInfo document) {
    return library.find(document.sha256()).map(DocumentInfo::result);
  }

  protected void write(Consumer<Tx> work) {
    database.<@Nullable Void>write(tx -> {
      work.accept(tx);
      return null;
    });
  }

  protected static ParseReply.Parsed reply(String id, Metadata metadata) {
    return new ParseReply.Parsed(id, metadata, 1, List.of(), new Usage(1, 1, 1, 1, false), null);
  }

  protected static Metadata meta(String type, @Nullable String title, @Nullable Instant created) {
    return new Metadata(type, title, List.of("A. Author"), created, null, "en", null, Map.of());
  }

  protected static List<Chunk> chunks(int count, String text) {
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chunks.add(chunk(i, text));
    }
    return chunks;
  }

  protected static Chunk chunk(int ordinal, String text) {
    return new Chunk("c" + ordinal, ordinal, List.of(), null, null, text);
  }
}
