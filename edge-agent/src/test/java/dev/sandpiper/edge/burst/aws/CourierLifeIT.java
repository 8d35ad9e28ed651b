package dev.sandpiper.edge.burst.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.burst.BackendMemory;
import dev.sandpiper.edge.burst.BurstAnswer;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.burst.Fault;
import dev.sandpiper.edge.burst.RemoteBackend.Attempt;
import dev.sandpiper.edge.config.AwsBurstConfig;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.CloudCounter;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the agent makes of a courier, well-behaved or not: nobody waits for ever, and nothing is
/// forgotten in the cloud.
@Timeout(120)
class CourierLifeIT {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final List<Map<CloudCounter, Long>> usage = new CopyOnWriteArrayList<>();
  private final Journal journal = new Journal(System.err, InstantSource.system());
  private Database database;
  private BackendMemory memory;
  private int documents;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("db"), DatabaseOptions.defaults());
    memory = new BackendMemory(database, "aws", new Random(7));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aTaskIsCarriedAndItsResultStoredBeforeTheCloudForgetsIt() throws Exception {
    try (AwsBackend backend = backend(LONG, LONG)) {
      BurstAnswer answer = answered(backend.attempt(task("Hello")));
      assertThat(answer.result()).content().contains("Hello");
      assertThat(orders()).noneMatch(order -> order.startsWith("Stored"));
      assertThat(memory.state().dirty()).isTrue();
      answer.settled().run();
      awaitOrder("Stored[id=" + memory.state().tag() + "-request-1]");
    }
    assertThat(orders()).containsSubsequence("open", "List[limit=1]", "Own[]");
    assertThat(orders().getLast()).isEqualTo("Stop[]");
    assertThat(memory.state().dirty()).as("ended in good order").isFalse();
    assertThat(memory.state().owner()).isTrue();
    assertThat(sum(CloudCounter.S3_PUT)).isEqualTo(1);
    assertThat(sum(CloudCounter.TASKS)).isEqualTo(1);
  }

  @Test
  void aFailureIsAnAnswerToo() throws Exception {
    try (AwsBackend backend = backend(LONG, LONG)) {
      BurstAnswer answer = answered(backend.attempt(task("fail")));
      assertThat(answer.reply()).isInstanceOf(ParseReply.Failed.class);
      answer.settled().run();
      awaitOrder("Stored[id=" + memory.state().tag() + "-request-1]");
    }
  }

  @Test
  void aLoneSmallDocumentGoesStraightToTheFunction() throws Exception {
    try (AwsBackend backend = backend(LONG, LONG)) {
      answered(backend.attempt(task("small"))).settled().run();
      answered(backend.attempt(task("x".repeat(5_000)))).settled().run();
    }
    assertThat(orders().stream().filter(order -> order.startsWith("task")))
        .element(0)
        .asString()
        .startsWith("task DIRECT");
    assertThat(orders().stream().filter(order -> order.startsWith("task")))
        .element(1)
        .asString()
        .startsWith("task BURST");
  }

  @Test
  void aRefusalKeepsItsWordsAndIsLookedAfterByTheNextLife() throws Exception {
    try (AwsBackend backend = backend(LONG, LONG)) {
      assertThat(backend.attempt(task("refuse")))
          .isEqualTo(new Attempt.Refused(Fault.CLOCK, "The clock is wrong."));
    }
    assertThat(memory.state().dirty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"die", "babble", "ramble"})
  void aCourierThatBreaksRefusesItsTasksAndIsStartedAgain(String how) throws Exception {
    try (AwsBackend backend = backend(LONG, LONG)) {
      assertThat(refused(backend.attempt(task(how))).fault()).isEqualTo(Fault.INTERNAL);
      answeredInTheEnd(backend);
    }
    assertThat(orders()).containsSubsequence("open", "Own[]", "open", "Clean[]");
  }

  @Test
  void theLastWordsOfACourierAreItsReason() throws Exception {
    try (AwsBackend backend = backend(LONG, LONG)) {
      assertThat(refused(backend.attempt(task("die"))).message())
          .isEqualTo(
              "The courier to AWS is gone: it ended with exit code 3. Its last words: out of ideas."
                  + " Documents are parsed here meanwhile; 'sandpiper doctor' looks closer.");
    }
  }

  @Test
  void aCourierThatBroodsIsEnded() throws Exception {
    try (AwsBackend backend = backend(Duration.ofSeconds(1), LONG)) {
      Attempt.Refused refused = refused(backend.attempt(task("brood")));
      assertThat(refused.fault()).isEqualTo(Fault.INTERNAL);
      answeredInTheEnd(backend);
    }
  }

  @Test
  void aCourierThatIsNeverReadyIsEnded() throws Exception {
    Files.writeString(folder.resolve("mute"), "");
    try (AwsBackend backend = backend(LONG, LONG, Duration.ofMillis(500))) {
      assertThat(refused(backend.attempt(task("x"))).message())
          .startsWith("The courier to AWS is gone: it was not ready within 0 s.");
      String message = "";
      while (!message.startsWith("The courier to AWS is started again in ")) {
        message = refused(backend.attempt(task("x"))).message(); // its pause may be over
      }
      assertThat(message).containsPattern("again in \\d+ s: ");
    }
  }

  @Test
  void aResultThatWasChangedOnTheWayIsRefused() throws Exception {
    try (AwsBackend backend = backend(LONG, LONG)) {
      assertThat(backend.attempt(task("forge")))
          .isEqualTo(
              new Attempt.Refused(
                  Fault.MISSING, "A result from AWS cannot be used: it was changed on the way."));
    }
    assertThat(folder.resolve("courier")).isEmptyDirectory();
  }

  @Test
  void aTaskNobodyWaitsForIsCancelled() throws Exception {
    try (AwsBackend backend = backend(LONG, LONG)) {
      BurstTask.Parse task = task("brood");
      Thread lane =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  backend.attempt(task);
                } catch (InterruptedException _) {
                  Thread.currentThread().interrupt();
                }
              });
      awaitOrder("task DIRECT " + memory.state().tag() + "-request-1");
      lane.interrupt();
      awaitOrder("Cancel[id=" + memory.state().tag() + "-request-1]");
    }
    assertThat(memory.state().dirty()).as("its result may still come").isTrue();
  }

  @Test
  void anIdleCourierEndsAndAnotherOneComes() throws Exception {
    try (AwsBackend backend = backend(LONG, Duration.ofMillis(50))) {
      BurstAnswer answer = answered(backend.attempt(task("one")));
      answer.settled().run();
      awaitOrder("Stop[]");
      answered(backend.attempt(task("two"))).settled().run();
    }
    assertThat(orders().stream().filter("open"::equals)).hasSize(2);
    assertThat(orders()).containsSubsequence("Stop[]", "open", "Own[]");
    assertThat(orders()).doesNotContain("Clean[]");
  }

  @Test
  void aHomeThatWasKilledCleansUpAtItsStart() throws Exception {
    memory.owner();
    memory.dirty(true);
    Files.writeString(folder.resolve("left"), "in/pi/a\nout/pi/a.x\n");
    try (AwsBackend backend = backend(LONG, LONG)) {
      backend.cleanUp();
    }
    assertThat(folder.resolve("left")).doesNotExist();
    assertThat(orders()).containsExactly("open", "Clean[]", "Stop[]");
    assertThat(memory.state().dirty()).isFalse();
  }

  @Test
  void aHomeThatEndedInGoodOrderStartsNothing() {
    memory.owner();
    try (AwsBackend backend = backend(LONG, LONG)) {
      backend.cleanUp();
    }
    assertThat(folder.resolve("orders")).doesNotExist();
  }

  @Test
  void aNewHomeLeavesTheDocumentsOfALostOneAlone() throws Exception {
    Files.writeString(folder.resolve("left"), "in/pi/lost\n");
    try (AwsBackend backend = backend(LONG, LONG)) {
      answered(backend.attempt(task("x"))).settled().run();
      assertThat(backend.check().fix()).isEqualTo("Get them back: sandpiper cloud rebuild");
    }
    assertThat(orders()).contains("List[limit=1]").doesNotContain("Own[]", "Clean[]");
    assertThat(memory.state().owner()).isFalse();
  }

  /// They may be all that is left of it: one refusal in this home's first burst must not cost them.
  @Test
  void aNewHomeThatEndedBadlyStillLeavesTheDocumentsOfALostOneAlone() throws Exception {
    Files.writeString(folder.resolve("left"), "in/pi/lost\n");
    for (int life = 1; life <= 2; life++) {
      try (AwsBackend backend = backend(LONG, LONG)) {
        refused(backend.attempt(task("refuse")));
      }
      assertThat(memory.state().dirty()).isTrue();
    }
    assertThat(folder.resolve("left")).exists();
    assertThat(orders()).doesNotContain("Own[]", "Clean[]");

    Files.delete(folder.resolve("left"));
    try (AwsBackend backend = backend(LONG, LONG)) {
      answered(backend.attempt(task("x"))).settled().run();
    }
    assertThat(orders()).contains("Clean[]");
    assertThat(memory.state().owner()).isTrue();
    assertThat(memory.state().dirty()).isFalse();
  }

  @Test
  void whatADeadCourierWasFetchingGoesBeforeTheNextOneStarts() throws Exception {
    Path piece = folder.resolve("courier").resolve("a-request-9.json.part");
    try (AwsBackend backend = backend(LONG, LONG)) {
      refused(backend.attempt(task("die")));
      Files.writeString(piece, "half a res");
      answeredInTheEnd(backend);
      assertThat(piece).doesNotExist();
    }
  }

  @Test
  void theDocumentsOfALostHomeAreFetchedAndChecked() throws Exception {
    String key = "in/pi/" + sha256("left");
    Files.writeString(folder.resolve("left"), key + "\nin/pi/" + "0".repeat(64) + "\nin/pi/gone\n");
    try (CloudShelf shelf = CloudShelf.open(options(LONG, LONG, LONG))) {
      assertThat(shelf.check()).containsExactly(CheckResult.ok("cloud identity", "scripted"));
      List<CloudObject> objects = shelf.list();
      assertThat(objects).hasSize(3);
      shelf.fetch(objects.getFirst(), folder.resolve("back"));
      assertThat(folder.resolve("back")).hasContent("left");
      shelf.drop(objects.getFirst());
      assertThatThrownBy(() -> shelf.fetch(objects.get(1), folder.resolve("other")))
          .hasMessage(
              "in/pi/%s is not the document it is named after: it was changed on the way."
                  .formatted("0".repeat(64)));
      assertThatThrownBy(() -> shelf.fetch(objects.get(2), folder.resolve("none")))
          .hasMessage("There is no object in/pi/gone.");
    }
    assertThat(orders()).contains("Drop[key=" + key + "]").doesNotContain("Own[]", "Clean[]");
  }

  private AwsBackend backend(Duration deadline, Duration idle) {
    return backend(deadline, idle, LONG);
  }

  private AwsBackend backend(Duration deadline, Duration idle, Duration start) {
    return new AwsBackend(options(deadline, idle, start), memory, usage::add, journal);
  }

  private AwsOptions options(Duration deadline, Duration idle, Duration start) {
    AwsBurstConfig config =
        new AwsBurstConfig(
            AwsBurstConfig.Mode.FIRST,
            new AwsBurstConfig.Plant(
                "eu-central-1",
                "pi",
                "in",
                "out",
                "https://sqs/jobs",
                "https://sqs/results",
                Optional.of("arn:aws:lambda:eu-central-1:123456789012:function:parse:live"),
                Optional.empty()),
            new AwsBurstConfig.Bounds(8, 4_096, deadline, idle),
            new AwsBurstConfig.Credentials.Default());
    return new AwsOptions(
        config,
        ScriptedCourier.command(folder),
        folder.resolve("courier"),
        start,
        Duration.ofMillis(200));
  }

  private BurstTask.Parse task(String text) throws Exception {
    documents++;
    Path file = Files.writeString(folder.resolve("document-" + documents), text);
    return new BurstTask.Parse(
        "request-" + documents,
        new BurstTask.DocumentFile("a.txt", sha256(text), text.length(), null, file),
        null,
        Set.of(Output.MARKDOWN),
        SplitPolicy.NONE,
        Limits.DEFAULT);
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static BurstAnswer answered(Attempt attempt) {
    assertThat(attempt).isInstanceOf(Attempt.Answered.class);
    return ((Attempt.Answered) attempt).answer();
  }

  private static Attempt.Refused refused(Attempt attempt) {
    assertThat(attempt).isInstanceOf(Attempt.Refused.class);
    return (Attempt.Refused) attempt;
  }

  private void answeredInTheEnd(AwsBackend backend) throws Exception {
    Attempt attempt = backend.attempt(task("again"));
    while (attempt instanceof Attempt.Refused) {
      TimeUnit.MILLISECONDS.sleep(20);
      attempt = backend.attempt(task("again"));
    }
    answered(attempt).settled().run();
  }

  private List<String> orders() throws IOException {
    Path orders = folder.resolve("orders");
    return Files.exists(orders) ? new ArrayList<>(Files.readAllLines(orders)) : List.of();
  }

  private void awaitOrder(String order) throws Exception {
    while (!orders().contains(order)) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private long sum(CloudCounter counter) {
    return usage.stream().mapToLong(counts -> counts.getOrDefault(counter, 0L)).sum();
  }
}
