package dev.sandpiper.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.contract.ContentSink;
import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.Metadata;
import dev.sandpiper.contract.ObjectKeys;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.contract.Usage;
import dev.sandpiper.contract.Warning;
import dev.sandpiper.standin.sqs.QueueSpec;
import dev.sandpiper.standin.sqs.SqsClient;
import dev.sandpiper.standin.sqs.SqsMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the function relies on, whoever stands in for SQS.
@Timeout(120)
abstract class ResultQueueContract {

  /// Longer than any test: a message that comes back sooner was postponed by the adapter.
  private static final Duration OWN_TIME = Duration.ofMinutes(10);

  static final List<QueueSpec> QUEUES =
      QueueSpec.plant("sandpiper", OWN_TIME, List.of("pi", "attic"));

  /// The adapters' client.
  abstract software.amazon.awssdk.services.sqs.SqsClient sqs();

  /// Another client of the same queues, which knows nothing of the SDK.
  abstract SqsClient other();

  /// The URL of a queue.
  abstract URI queue(String name);

  @Test
  void replyReachesItsDeviceAndNoOther() throws Exception {
    ParseReply reply = new ParseReply.Failed("a.b", FailCode.DEADLINE, "Grüße \"&\" \n 🐦");

    results().send(new ObjectKeys("pi"), reply);

    assertThat(received("sandpiper-results-pi")).isEqualTo(reply);
    assertThat(other().messages(queue("sandpiper-results-attic"))).isZero();
  }

  @Test
  void deviceWithoutQueueIsSaidToHaveNone() {
    assertThatThrownBy(() ->
            results()
                .send(
                    new ObjectKeys("stranger"),
                    new ParseReply.Failed("a.b", FailCode.DEADLINE, "")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("SQS failed: ");
  }

  @Test
  void replyThatIsTooLongArrivesShortened() throws Exception {
    Warning warning = new Warning("code", "w".repeat(10_000), null);
    ParseReply.Parsed bulky =
        new ParseReply.Parsed(
            "a.b",
            new Metadata(
                "text/plain",
                "t".repeat(100_000),
                List.of("A"),
                null,
                null,
                null,
                null,
                Map.of("p", "v".repeat(300_000))),
            3,
            Collections.nCopies(100, warning),
            new Usage(1, 2, 3, 4, true),
            new ParseReply.Stored("0".repeat(64), 5));

    results().send(new ObjectKeys("attic"), bulky);

    assertThat(received("sandpiper-results-attic"))
        .isInstanceOfSatisfying(
            ParseReply.Parsed.class,
            parsed -> {
              assertThat(parsed.stored()).isEqualTo(bulky.stored());
              assertThat(parsed.pageCount()).isEqualTo(3);
              assertThat(parsed.usage()).isEqualTo(bulky.usage());
              assertThat(parsed.metadata().title()).isEqualTo("t".repeat(500) + "…");
              assertThat(parsed.warnings()).hasSize(50);
            });
  }

  @Test
  void postponedMessageComesAfterItsOwnTime() throws Exception {
    String id = other().send(queue("sandpiper-jobs"), "body");
    SqsMessage message = other().receive(queue("sandpiper-jobs"), 10, Duration.ofSeconds(5)).get(0);
    assertThat(message.messageId()).isEqualTo(id);

    jobs().postpone(Map.of(message.receiptHandle(), Duration.ofSeconds(1)));

    SqsMessage again = other().receive(queue("sandpiper-jobs"), 10, Duration.ofSeconds(10)).get(0);
    assertThat(again.messageId()).isEqualTo(id);
    assertThat(again.attributes()).containsEntry("ApproximateReceiveCount", "2");
    assertThat(other().delete(queue("sandpiper-jobs"), List.of(again))).isZero();
  }

  @Test
  void messageThatCannotBePostponedIsSaidToKeepItsTime() {
    assertThatThrownBy(() -> jobs().postpone(Map.of("no-such-handle", Duration.ofSeconds(1))))
        .isInstanceOf(IOException.class);
  }

  private SqsResults results() {
    String pi = queue("sandpiper-results-pi").toString();
    return new SqsResults(this::sqs, pi.substring(0, pi.length() - "pi".length()));
  }

  private SqsJobs jobs() {
    return new SqsJobs(this::sqs, queue("sandpiper-jobs").toString());
  }

  private ParseReply received(String name) throws Exception {
    List<SqsMessage> messages = other().receive(queue(name), 10, Duration.ofSeconds(5));
    assertThat(messages).hasSize(1);
    assertThat(other().delete(queue(name), messages)).isZero();
    byte[] body = messages.getFirst().body().getBytes(StandardCharsets.UTF_8);
    assertThat(body.length).isLessThanOrEqualTo(200_000);
    return ReplyJson.read(new ByteArrayInputStream(body), ContentSink.IGNORE);
  }
}
