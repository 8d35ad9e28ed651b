package dev.sandpiper.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.standin.lambda.HostedFunction;
import dev.sandpiper.standin.source.EventSource;
import dev.sandpiper.standin.source.EventSourceSpec;
import dev.sandpiper.standin.sqs.QueueSpec;
import dev.sandpiper.standin.sqs.SqsMessage;
import dev.sandpiper.standin.thirdparty.ElasticMq;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// The batch function behind an event source that keeps Lambda's rules.
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchOnLambdaIT {

  private static final Limits NO_TIME = Limits.DEFAULT.withWallMillis(1);

  private Plant plant;

  @BeforeAll
  void start() throws Exception {
    List<QueueSpec> queues = new ArrayList<>();
    queues.addAll(QueueSpec.plant("burst", Duration.ofMinutes(10), List.of("pi", "attic")));
    queues.addAll(QueueSpec.plant("own", Duration.ofMinutes(10), List.of("pi")));
    queues.addAll(QueueSpec.plant("dead", Duration.ofSeconds(6), List.of("pi")));
    plant = new Plant(queues);
  }

  @AfterAll
  void stop() throws IOException {
    plant.close();
  }

  @Test
  void burstOfTwoDevicesIsAnsweredToEachAndNothingStaysBehind() throws Exception {
    Map<String, Set<String>> asked = new HashMap<>();
    List<ParseRequest> sent = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String device = i % 3 == 0 ? "attic" : "pi";
      ParseRequest request =
          plant.document(device, "document " + i, "job-%d-1".formatted(i), Limits.DEFAULT);
      sent.add(request);
      asked.computeIfAbsent(device, _ -> new HashSet<>()).add(request.requestId());
    }
    for (ParseRequest request : sent) {
      send("burst", Plant.text(request));
    }
    for (ParseRequest request : sent.subList(0, 20)) {
      send("burst", Plant.text(request)); // SQS delivers at least once
    }
    HostedFunction function = plant.deploy(Plant.BATCH, plant.environment("burst"), Plant.SETTINGS);

    Map<String, ParseReply.Parsed> parsed = new HashMap<>();
    try (EventSource source = source("burst", function)) {
      for (Map.Entry<String, Set<String>> device : asked.entrySet()) {
        Set<String> open = new HashSet<>(device.getValue());
        while (!open.isEmpty()) {
          List<ParseReply> some = plant.results("burst-results-" + device.getKey(), 1);
          assertThat(some).as("%d documents without a reply", open.size()).isNotEmpty();
          for (ParseReply reply : some) {
            assertThat(device.getValue()).contains(reply.requestId());
            open.remove(reply.requestId());
            parsed.put(reply.requestId(), (ParseReply.Parsed) reply);
          }
        }
      }
      emptied("burst");
      assertThat(source.counts().failures()).isEqualTo(new EventSource.Counts.Failures(0, 0, 0, 0));
    }
    for (ParseRequest request : sent) {
      byte[] stored = plant.object(Plant.OUT, ((ResultTarget.S3) request.result()).key());
      assertThat(parsed.get(request.requestId()))
          .extracting(ParseReply.Parsed::stored)
          .isEqualTo(new ParseReply.Stored(Plant.sha256(stored), stored.length));
    }
  }

  /// The queue would bring it back after ten minutes; the function asks for ten seconds.
  @Test
  void failedMessageComesBackAfterItsOwnTime() throws Exception {
    Map<String, String> environment = plant.environment("own");
    environment.put("SANDPIPER_MAX_RECEIVES", "2");
    HostedFunction function = plant.deploy(Plant.BATCH, environment, Plant.SETTINGS);
    ParseRequest slow = plant.document("pi", "slow", "job-1-1", NO_TIME);
    send("own", Plant.text(slow));

    try (EventSource source = source("own", function)) {
      assertThat(plant.results("own-results-pi", 1))
          .hasOnlyElementsOfType(ParseReply.Failed.class)
          .hasSize(1);
      emptied("own");
      assertThat(source.counts().delivered()).isEqualTo(2);
    }
    assertThat(plant.queues().messages(plant.queue("own-jobs-dead"))).isZero();
  }

  /// Without the jobs queue's URL a failed message has the queue's own time: here six seconds,
  /// which a warm function never needs.
  @Test
  void messageWithoutSenderIsDeadAfterFiveDeliveriesAndADocumentIsNot() throws Exception {
    Map<String, String> environment = plant.environment("dead");
    environment.remove("SANDPIPER_JOBS_URL");
    HostedFunction function = plant.deploy(Plant.BATCH, environment, Plant.SETTINGS);
    assertThat(Plant.answer(function, "{\"Records\":[]}".getBytes(StandardCharsets.UTF_8)))
        .isNotEmpty();
    send("dead", "nobody's message");
    send("dead", Plant.text(plant.document("pi", "slow", "job-2-1", NO_TIME)));

    try (EventSource source = source("dead", function)) {
      List<SqsMessage> dead = List.of();
      for (int i = 0; i < 6 && dead.isEmpty(); i++) {
        dead = plant.queues().receive(plant.queue("dead-jobs-dead"), 10, Duration.ofSeconds(20));
      }
      assertThat(dead).singleElement().extracting(SqsMessage::body).isEqualTo("nobody's message");
      assertThat(plant.results("dead-results-pi", 1))
          .hasOnlyElementsOfType(ParseReply.Failed.class)
          .hasSize(1);
      emptied("dead");
      assertThat(source.counts().delivered()).isEqualTo(10);
      assertThat(source.counts().failures().refused()).isZero();
    }
  }

  private EventSource source(String stack, HostedFunction function) {
    return EventSource.start(
        EventSourceSpec.plant(
            new EventSourceSpec.Queue(
                plant.sqsEndpoint(), ElasticMq.REGION, plant.queue(stack + "-jobs")),
            2),
        function);
  }

  private void send(String stack, String body) throws Exception {
    String _ = plant.queues().send(plant.queue(stack + "-jobs"), body);
  }

  /// Waits until every message was deleted; the class's time-out is the bound.
  private void emptied(String stack) throws Exception {
    while (plant.queues().messages(plant.queue(stack + "-jobs")) > 0) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
