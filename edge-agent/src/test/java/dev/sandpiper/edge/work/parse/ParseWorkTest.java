package dev.sandpiper.edge.work.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.Chunk;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.PageRange;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.burst.BurstAnswer;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.event.EventLog;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.library.Arrival;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.DocumentState;
import dev.sandpiper.edge.library.OpenLibrary;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.NewJob;
import dev.sandpiper.edge.queue.Priority;
import dev.sandpiper.edge.queue.QueueOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ParseWorkTest extends OpenLibrary {

  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  @Test
  void resultThatComesAfterItsDocumentWasDeletedLeavesNothing() throws Exception {
    String document = accept();
    run(task -> {
      assertThat(library.delete(document)).isTrue();
      return parsed(task, 1_000);
    });
    assertThat(blobCount()).isZero();
    assertOnDiskNowhere("zanzibar");
  }

  @Test
  void resultThatComesAfterItsJobWasCancelledIsDroppedAndTheDocumentCanBeParsedAgain()
      throws Exception {
    String document = accept();
    run(task -> {
      boolean cancelled = database.write(tx -> queue.cancel(tx, 1));
      assertThat(cancelled).isTrue();
      return parsed(task, 1_000);
    });
    assertThat(blobCount()).as("its source only").isEqualTo(1);
    enqueue(document);
    run(task -> parsed(task, 1_000));
    assertThat(library.find(document).orElseThrow().state()).isEqualTo(DocumentState.PARSED);
  }

  @Test
  void resultsOfPartsAreDeletedWithTheirDocument() throws Exception {
    String document = accept();
    split();
    run(task -> parsed(task, 1));
    assertThat(blobCount()).as("its source and a part").isEqualTo(2);
    assertThat(library.delete(document)).isTrue();
    assertThat(blobCount()).isZero();
    assertOnDiskNowhere("zanzibar");
  }

  @Test
  void partThatEndsAfterItsDocumentWasDeletedLeavesNothing() throws Exception {
    String document = accept();
    split();
    run(task -> {
      assertThat(library.delete(document)).isTrue();
      return parsed(task, 1);
    });
    assertThat(blobCount()).isZero();
  }

  @Test
  void partsGoWhenTheWholeIsStored() throws Exception {
    String document = accept();
    split();
    run(task -> parsed(task, 1));
    run(task -> parsed(task, 1));
    run(task -> {
      assertThat(task).isInstanceOf(BurstTask.Join.class);
      return parsed(task, 1_000);
    });
    assertThat(library.find(document).orElseThrow().chunks()).isEqualTo(1_000);
    assertThat(blobCount()).as("its source and its result").isEqualTo(2);
  }

  @Test
  void aBackendHearsWhenItsAnswerIsOnTheDisk() throws Exception {
    String document = accept();
    List<DocumentState> seen = new ArrayList<>();
    run(task -> {
      BurstAnswer answer = parsed(task, 1);
      return new BurstAnswer(
          answer.reply(),
          answer.result(),
          answer.worker(),
          () -> seen.add(library.find(document).orElseThrow().state()));
    });
    assertThat(seen).containsExactly(DocumentState.PARSED);
  }

  @Test
  void aBackendHearsOfAnAnswerThatCameTooLate() throws Exception {
    String document = accept();
    List<String> heard = new ArrayList<>();
    run(task -> {
      assertThat(library.delete(document)).isTrue();
      BurstAnswer answer = parsed(task, 1);
      return new BurstAnswer(
          answer.reply(), answer.result(), answer.worker(), () -> heard.add("settled"));
    });
    assertThat(heard).containsExactly("settled");
  }

  @Test
  void documentTheAgentKeptDyingOfIsParkedWithItsJob() throws Exception {
    String document = accept();
    for (int i = 0; i <= QueueOptions.defaults().maxInterruptions(); i++) {
      assertThat(queue.claim()).isPresent();
      queue = new JobQueue(database, QueueOptions.defaults(), CLOCK, new Random(1));
    }
    ParseWork idle = work(task -> parsed(task, 1));
    assertThat(idle.kinds()).contains(ParseJobs.PARSE);
    assertThat(queue.claim()).isEmpty();
    assertThat(library.find(document).orElseThrow())
        .extracting(DocumentInfo::state, DocumentInfo::message)
        .containsExactly(
            DocumentState.PARKED,
            "The agent ended 26 times while it worked on this. Look for the cause in its log, then"
                + " retry.");
  }

  private void split() throws InterruptedException {
    run(task ->
        new BurstAnswer(
            new ParseReply.Split(
                task.requestId(), 2, List.of(new PageRange(1, 1), new PageRange(2, 2)), "long"),
            null,
            "fake"));
  }

  private BurstAnswer parsed(BurstTask task, int chunks) {
    List<Chunk> zanzibars = new ArrayList<>();
    for (int i = 0; i < chunks; i++) {
      zanzibars.add(chunk(i, "zanzibar" + i));
    }
    ParseReply.Parsed reply = reply(task.requestId(), meta("text/plain", null, null));
    try {
      return new BurstAnswer(reply, written(reply, zanzibars), "fake");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String accept() throws IOException {
    Arrival arrival = arrive("a.txt", "source", null);
    enqueue(arrival.document().sha256());
    return arrival.document().sha256();
  }

  private void enqueue(String document) {
    long job =
        database.write(
            tx -> queue.enqueue(tx, NewJob.of(ParseJobs.PARSE, Priority.BULK, document, "{}")));
    assertThat(job).isPositive();
  }

  /// Does the next job with a backend that answers so.
  private void run(Answering answering) throws InterruptedException {
    ParseWork work = work(answering);
    work.run(queue.claim().orElseThrow());
  }

  private ParseWork work(Answering answering) {
    return new ParseWork(
        new ParseWork.Shelves(database, blobs, queue, library, new EventLog("e", 8)),
        new Backend(answering),
        Limits.DEFAULT,
        () -> SplitPolicy.NONE,
        new Journal(new PrintStream(OutputStream.nullOutputStream()), CLOCK));
  }

  private long blobCount() throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("blobs"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  private interface Answering {
    BurstAnswer answer(BurstTask task);
  }

  private record Backend(Answering answering) implements BurstBackend {
    @Override
    public String name() {
      return "fake";
    }

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public BurstAnswer run(BurstTask task) {
      return answering.answer(task);
    }

    @Override
    public CheckResult check() {
      return CheckResult.ok("workers", "fake");
    }

    @Override
    public void close() {}
  }
}
