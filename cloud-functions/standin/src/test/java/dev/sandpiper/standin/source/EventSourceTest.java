package dev.sandpiper.standin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.standin.aws.AwsDouble;
import dev.sandpiper.standin.aws.fault.Fault;
import dev.sandpiper.standin.aws.fault.Service;
import dev.sandpiper.standin.json.Json;
import dev.sandpiper.standin.lambda.Function;
import dev.sandpiper.standin.lambda.InvokeResult;
import dev.sandpiper.standin.sqs.QueueSpec;
import dev.sandpiper.standin.sqs.SqsClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Over the double, whose faults lose nothing.
class EventSourceTest extends EventSourceContract {

  private static final int MESSAGES = 600;

  private final AwsDouble aws =
      AwsDouble.start(AwsDouble.Plan.of(Set.of(), List.of(), 42), InstantSource.system());

  @AfterAll
  void stop() {
    aws.close();
  }

  @Override
  URI endpoint() {
    return aws.endpoint();
  }

  @Test
  void everyMessageArrivesAtLeastOnceWhateverGoesWrong() throws Exception {
    ConcurrentHashMap<String, Integer> seen = new ConcurrentHashMap<>();
    Function function =
        event -> {
          records(event).forEach(record -> seen.merge(Json.text(record, "body"), 1, Integer::sum));
          return new InvokeResult.Answered(new byte[0]);
        };
    try (SqsClient client = new SqsClient(aws.endpoint(), REGION)) {
      URI queue = client.create(QueueSpec.plain("stormy", Duration.ofSeconds(2)));
      for (int i = 0; i < MESSAGES; i++) {
        client.send(queue, "document " + i);
      }
      Map<Fault, Double> storm =
          Map.of(
              Fault.DUPLICATE, 0.3,
              Fault.REORDER, 0.5,
              Fault.DELAYED_DELETE, 0.1,
              Fault.EARLY_VISIBILITY, 0.1,
              Fault.THROTTLE, 0.05,
              Fault.SERVER_ERROR, 0.05,
              Fault.RESET, 0.03,
              Fault.LOST_ANSWER, 0.03,
              Fault.CUT_BODY, 0.03);
      storm.forEach((fault, share) -> aws.faults().set(Service.SQS, fault, share));
      try (EventSource source =
          EventSource.start(
              // Without a window: one as long as the visibility would let receipts grow stale.
              new EventSourceSpec(
                  new EventSourceSpec.Queue(aws.endpoint(), REGION, queue),
                  10,
                  Duration.ZERO,
                  8,
                  true),
              function)) {
        while (aws.messagesLeft("stormy") > 0) {
          Thread.sleep(50);
        }
        assertThat(source.counts().failures().unreachable()).isPositive();
      }
    } finally {
      aws.faults().clear();
    }
    assertThat(seen).hasSize(MESSAGES);
    assertThat(seen.values()).anyMatch(times -> times > 1);
    assertThat(aws.faults().struck())
        .containsKeys(Fault.DUPLICATE, Fault.REORDER, Fault.DELAYED_DELETE);
  }

  private static List<Map<String, Object>> records(byte[] event) {
    try {
      return Json.objects(Json.object(event), "Records");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
