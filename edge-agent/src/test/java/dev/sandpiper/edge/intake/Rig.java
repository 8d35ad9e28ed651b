package dev.sandpiper.edge.intake;

import dev.sandpiper.contract.Chunk;
import dev.sandpiper.contract.Metadata;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.contract.Usage;
import dev.sandpiper.edge.event.EventLog;
import dev.sandpiper.edge.library.IndexedResult;
import dev.sandpiper.edge.library.Library;
import dev.sandpiper.edge.library.ParsedResult;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.Lease;
import dev.sandpiper.edge.queue.Priority;
import dev.sandpiper.edge.queue.QueueOptions;
import dev.sandpiper.edge.store.Blob;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// The real store, queue and library in a folder, without workers.
public final class Rig implements AutoCloseable {

  public final Path home;
  public final Database database;
  public final BlobStore blobs;
  public final JobQueue queue;
  public final Library library;
  public final EventLog events = new EventLog("t", 16);
  public final Intake intake;

  public Rig(Path home, long maxBytes) throws IOException {
    this(home, maxBytes, QueueOptions.defaults());
  }

  /// @param options how much the queue takes
  public Rig(Path home, long maxBytes, QueueOptions options) throws IOException {
    this.home = home;
    database = Database.open(home.resolve("agent.db"), DatabaseOptions.defaults());
    blobs = BlobStore.open(home);
    InstantSource clock = InstantSource.system();
    queue = new JobQueue(database, options, clock, new Random(1));
    library = new Library(database, blobs, queue, clock);
    intake = new Intake(new Intake.Parts(database, blobs, library, queue, events, maxBytes));
  }

  public Receipt accept(String name, String text) throws IOException {
    return intake.accept(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        new Submission(name, null, "test", Priority.BULK, null, Set.of()));
  }

  /// Ends the next job as a worker would, with a rejection.
  public void rejectNext(String code, String message) {
    Lease lease = queue.claim().orElseThrow();
    database.write(tx -> {
      library.storeFailed(tx, lease.job().subject(), code, message);
      return queue.finish(tx, lease, "{\"state\":\"rejected\",\"code\":\"" + code + "\"}");
    });
  }

  /// Ends the next job with a result of one paragraph.
  public void parseNext(String markdown) throws IOException {
    Lease lease = queue.claim().orElseThrow();
    Path file = blobs.tempFile();
    ParseReply.Parsed reply =
        new ParseReply.Parsed(
            "r",
            new Metadata("text/plain", null, List.of(), null, null, null, null, Map.of()),
            1,
            List.of(),
            new Usage(1, 1, 1, 1, false),
            null);
    try (OutputStream out = Files.newOutputStream(file)) {
      ReplyJson.write(
          reply,
          sink -> {
            sink.markdown(markdown);
            sink.chunk(new Chunk("c0", 0, List.of("Heading"), null, null, markdown));
          },
          out);
    }
    Blob blob = blobs.adopt(file, file.toString());
    String document = lease.job().subject();
    ParsedResult result = new ParsedResult(reply, blob.sha256(), blob.size());
    IndexedResult indexed = library.index(document, result, _ -> true).orElseThrow();
    database.write(tx -> {
      library.storeParsed(tx, document, indexed);
      return queue.finish(tx, lease, "{}");
    });
  }

  /// How many files the blob store holds, drafts included.
  public long files() throws IOException {
    try (var walk = Files.walk(home)) {
      return walk.filter(Files::isRegularFile)
          .filter(path -> !home.relativize(path).toString().startsWith("agent.db"))
          .count();
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
