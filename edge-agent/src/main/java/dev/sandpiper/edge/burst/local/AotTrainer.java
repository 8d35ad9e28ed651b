package dev.sandpiper.edge.burst.local;

import dev.sandpiper.contract.DocumentRef;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.journal.Journal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Makes the workers' AOT cache once, in the background, by letting one worker parse small
/// documents of its own. Workers start without it until it is there, and whenever it fails. It
/// takes seconds of a core, so it waits until no document does.
final class AotTrainer {

  private static final long TASK_MILLIS = 30_000;
  private static final long DUMP_MILLIS = 180_000;
  private static final Duration QUIET = Duration.ofSeconds(3);

  private static final List<String> SAMPLES =
      List.of(
          "Plain text.\n\nTwo paragraphs of it.\n",
          "<!doctype html><html><head><title>T</title></head><body><h1>A</h1><p>b <b>c</b></p>"
              + "<ul><li>d</li></ul><table><tr><th>e</th></tr><tr><td>f</td></tr></table></body></html>",
          "# Heading\n\n* item\n* item\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
          "name,amount\nfirst,1\nsecond,2\nthird,3\n",
          "{\"a\": [1, 2, {\"b\": \"c\"}]}\n",
          "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
              + "2 0 obj<</Type/Pages/Count 1/Kids[4 0 R]>>endobj\n"
              + "3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
              + "4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
              + "/Resources<</Font<</F1 3 0 R>>>>/Contents 5 0 R>>endobj\n"
              + "5 0 obj<</Length 38>>stream\nBT /F1 12 Tf 72 700 Td (Sample) Tj ET   \nendstream endobj\n"
              + "trailer<</Root 1 0 R/Size 6>>\n%%EOF\n");

  private final Path folder;
  private final Path file;
  private final InstantSource clock;
  private final Journal journal;
  private final AtomicBoolean begun = new AtomicBoolean();

  /// @param folder where the cache is or will be
  /// @param name its file name
  AotTrainer(Path folder, String name, InstantSource clock, Journal journal) {
    this.folder = folder;
    this.file = folder.resolve(name);
    this.clock = clock;
    this.journal = journal;
  }

  /// The cache, when it is there.
  @Nullable AotUse use() {
    return Files.isRegularFile(file) ? new AotUse(file, false) : null;
  }

  /// Trains, unless that was begun before or the cache is there.
  void trainOnce(WorkerPool pool) {
    if (Files.exists(file) || begun.getAndSet(true)) {
      return;
    }
    Thread thread = new Thread(null, () -> train(pool), "worker-aot", 256L << 10);
    thread.setDaemon(true);
    thread.start();
  }

  private void train(WorkerPool pool) {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      while (!pool.quiet(QUIET)) {
        Thread.sleep(QUIET);
      }
      Folders.makePrivate(folder);
      Worker worker = pool.start(() -> new AotUse(partial, true));
      try {
        worker.session().ready().get(TASK_MILLIS, TimeUnit.MILLISECONDS);
        for (int i = 0; i < SAMPLES.size(); i++) {
          parse(worker, SAMPLES.get(i).getBytes(StandardCharsets.UTF_8), "sample-" + i);
        }
        worker.dismiss(DUMP_MILLIS);
      } finally {
        pool.discard(worker);
      }
      Folders.sync(partial);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | ExecutionException | TimeoutException e) {
      if (!pool.isClosed()) {
        // Workers start a little slower, until the next start of the agent tries again.
        journal.info("no-aot-cache", "reason", String.valueOf(e.getMessage()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void parse(Worker worker, byte[] sample, String id)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    String hash = HexFormat.of().formatHex(FunctionImage.sha256().digest(sample));
    RequestJson.write(
        new ParseRequest(
            id,
            new DocumentRef(id, hash, sample.length, null, new Source.Inline(sample)),
            null,
            EnumSet.of(Output.MARKDOWN, Output.BLOCKS, Output.CHUNKS),
            Limits.DEFAULT,
            SplitPolicy.NONE,
            new ResultTarget.File(Exchange.RESULT)),
        json);
    Invocation invocation = new Invocation(id, json.toByteArray(), clock.millis() + TASK_MILLIS);
    worker.session().submit(invocation);
    Outcome _ = invocation.outcome().get(TASK_MILLIS, TimeUnit.MILLISECONDS);
  }
}
