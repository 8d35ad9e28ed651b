package dev.sandpiper.standin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.standin.json.Json;
import dev.sandpiper.standin.lambda.Function;
import dev.sandpiper.standin.lambda.InvokeResult;
import dev.sandpiper.standin.sqs.QueueSpec;
import dev.sandpiper.standin.sqs.SqsClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// The event source's rules, over one subclass's SQS each.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EventSourceContract {

  static final String REGION = "eu-central-1";

  private SqsClient client;
  private final AtomicInteger names = new AtomicInteger();

  /// Where SQS is, for the whole class.
  abstract URI endpoint();

  @BeforeAll
  void connect() {
    client = new SqsClient(endpoint(), REGION);
  }

  @AfterAll
  void disconnect() {
    client.close();
  }

  /// A queue with dead letters after three receives.
  private record Pair(URI jobs, URI dead) {}

  private Pair queues(int visibleAfterSeconds) throws IOException, InterruptedException {
    String name = "jobs-" + names.incrementAndGet();
    URI dead = client.create(QueueSpec.plain(name + "-dead", Duration.ofSeconds(30)));
    URI jobs =
        client.create(
            new QueueSpec(name, Duration.ofSeconds(visibleAfterSeconds), name + "-dead", 3));
    return new Pair(jobs, dead);
  }

  private EventSource poll(URI queue, Function function) {
    return EventSource.start(
        EventSourceSpec.plant(new EventSourceSpec.Queue(endpoint(), REGION, queue), 4), function);
  }

  /// Without a window.
  private EventSource pollAtOnce(URI queue, Function function) {
    return EventSource.start(
        new EventSourceSpec(
            new EventSourceSpec.Queue(endpoint(), REGION, queue), 10, Duration.ZERO, 4, true),
        function);
  }

  private static List<Map<String, Object>> records(byte[] event) {
    try {
      return Json.objects(Json.object(event), "Records");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InvokeResult answer(String json) {
    return new InvokeResult.Answered(json.getBytes(StandardCharsets.UTF_8));
  }

  private void awaitMessages(URI queue, int wanted) throws IOException, InterruptedException {
    while (client.messages(queue) != wanted) {
      Thread.sleep(50);
    }
  }

  @Test
  void messagesArriveInBatchesWithWhatLambdaTellsAndAreDeleted() throws Exception {
    Pair queues = queues(30);
    ConcurrentLinkedQueue<Map<String, Object>> seen = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 25; i++) {
      client.send(queues.jobs(), "document " + i);
    }
    EventSource source =
        poll(
            queues.jobs(),
            event -> {
              seen.addAll(records(event));
              return answer("{\"batchItemFailures\":[]}");
            });
    try (source) {
      awaitMessages(queues.jobs(), 0);
    }
    assertThat(source.counts().deleted()).isEqualTo(25);
    assertThat(source.counts().invocations()).isBetween(3L, 12L);
    assertThat(seen)
        .hasSize(25)
        .allSatisfy(record ->
            assertThat(record)
                .containsEntry("eventSource", "aws:sqs")
                .containsEntry("awsRegion", REGION)
                .containsKeys("messageId", "receiptHandle", "body", "md5OfBody", "attributes")
                .extractingByKey("eventSourceARN")
                .asString()
                .startsWith("arn:aws:sqs:" + REGION + ":000000000000"));
  }

  @Test
  void aFailedMessageComesAgainAndTheOthersDoNot() throws Exception {
    Pair queues = queues(8);
    Map<String, Integer> times = new HashMap<>();
    for (String body : List.of("good", "bad", "fine")) {
      client.send(queues.jobs(), body);
    }
    Function function =
        event -> {
          List<Object> failures = new ArrayList<>();
          synchronized (times) {
            for (Map<String, Object> record : records(event)) {
              String body = Json.text(record, "body");
              if (body.equals("bad") && times.merge(body, 1, Integer::sum) == 1) {
                failures.add(Map.of("itemIdentifier", Json.text(record, "messageId")));
              } else if (!body.equals("bad")) {
                times.merge(body, 1, Integer::sum);
              }
            }
          }
          return new InvokeResult.Answered(Json.bytes(Map.of("batchItemFailures", failures)));
        };
    try (EventSource source = poll(queues.jobs(), function)) {
      awaitMessages(queues.jobs(), 0);
      assertThat(source.counts().failures().refused()).isZero();
    }
    assertThat(times).containsExactlyInAnyOrderEntriesOf(Map.of("good", 1, "bad", 2, "fine", 1));
    assertThat(client.messages(queues.dead())).isZero();
  }

  @Test
  void anUnknownIdFailsTheBatchUntilItIsDead() throws Exception {
    Pair queues = queues(1);
    client.send(queues.jobs(), "one");
    client.send(queues.jobs(), "two");
    try (EventSource source =
        pollAtOnce(
            queues.jobs(),
            _ -> answer("{\"batchItemFailures\":[{\"itemIdentifier\":\"nobody\"}]}"))) {
      awaitMessages(queues.dead(), 2);
      assertThat(source.counts().failures().refused()).isGreaterThanOrEqualTo(3);
      assertThat(source.counts().deleted()).isZero();
    }
  }

  @Test
  void aFunctionErrorFailsTheBatchUntilItIsDead() throws Exception {
    Pair queues = queues(1);
    client.send(queues.jobs(), "one");
    try (EventSource source =
        pollAtOnce(queues.jobs(), _ -> new InvokeResult.FunctionError(new byte[0]))) {
      awaitMessages(queues.dead(), 1);
      assertThat(source.counts().failures().errors()).isEqualTo(3);
    }
  }

  @Test
  void noMoreRunAtOnceThanTheMaximum() throws Exception {
    Pair queues = queues(30);
    for (int i = 0; i < 200; i++) {
      client.send(queues.jobs(), "document " + i);
    }
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Semaphore four = new Semaphore(0);
    Function function =
        _ -> {
          int running = now.incrementAndGet();
          most.accumulateAndGet(running, Math::max);
          // The first ones wait for each other, so that the maximum is reached.
          if (running == 4) {
            four.release(1000);
          }
          four.tryAcquire(60, TimeUnit.SECONDS);
          now.decrementAndGet();
          return answer("");
        };
    try (EventSource source = poll(queues.jobs(), function)) {
      awaitMessages(queues.jobs(), 0);
      assertThat(source.counts().invocations()).isGreaterThanOrEqualTo(20);
    }
    assertThat(most).hasValue(4);
  }
}
