package dev.sandpiper.standin.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sandpiper.standin.sqs.QueueSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// What the product uses of SQS, seen through the SDK, which proves the hash of every body. One
/// subclass for each server. Every test has a queue of its own.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SqsContract {

  static final List<QueueSpec> QUEUES = queues();
  private static final String BODY = "{\"hällo\":\"wörld \uD83D\uDE00\"}";

  private static List<QueueSpec> queues() {
    List<QueueSpec> queues = new ArrayList<>();
    for (String test :
        List.of(
            "one", "batch", "order", "long", "empty", "delete", "visible", "expire", "change")) {
      queues.add(QueueSpec.plain(test, Duration.ofSeconds(30)));
    }
    queues.add(QueueSpec.plain("short", Duration.ofSeconds(1)));
    queues.add(QueueSpec.plain("redrive-dead", Duration.ofSeconds(30)));
    queues.add(new QueueSpec("redrive", Duration.ofSeconds(30), "redrive-dead", 2));
    return queues;
  }

  abstract SqsClient client();

  String url(String queue) {
    return client().getQueueUrl(request -> request.queueName(queue)).queueUrl();
  }

  private String send(String queue, String body) {
    return client()
        .sendMessage(request -> request.queueUrl(url(queue)).messageBody(body))
        .messageId();
  }

  private List<Message> receive(String queue, int waitSeconds) {
    return client()
        .receiveMessage(request ->
            request
                .queueUrl(url(queue))
                .maxNumberOfMessages(10)
                .waitTimeSeconds(waitSeconds)
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  private int count(String queue, QueueAttributeName name) {
    Map<QueueAttributeName, String> attributes =
        client()
            .getQueueAttributes(
                request -> request.queueUrl(url(queue)).attributeNames(QueueAttributeName.ALL))
            .attributes();
    return Integer.parseInt(attributes.getOrDefault(name, "0"));
  }

  @Test
  void aMessageIsReceivedWithItsAttributesAndDeleted() {
    String id = send("one", BODY);
    assertThat(count("one", QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)).isEqualTo(1);
    List<Message> messages = receive("one", 5);
    assertThat(messages).hasSize(1);
    Message message = messages.getFirst();
    assertThat(message.body()).isEqualTo(BODY);
    assertThat(message.messageId()).isEqualTo(id);
    assertThat(message.attributes())
        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")
        .containsKeys(
            MessageSystemAttributeName.SENT_TIMESTAMP,
            MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP);
    assertThat(count("one", QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .isEqualTo(1);
    client()
        .deleteMessage(
            request -> request.queueUrl(url("one")).receiptHandle(message.receiptHandle()));
    assertThat(count("one", QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .isZero();
  }

  @Test
  void tenAreSentAndReceivedAtOnce() {
    List<SendMessageBatchRequestEntry> entries =
        IntStream.range(0, 10)
            .mapToObj(i ->
                SendMessageBatchRequestEntry.builder().id("m" + i).messageBody("body " + i).build())
            .toList();
    SendMessageBatchResponse sent =
        client().sendMessageBatch(request -> request.queueUrl(url("batch")).entries(entries));
    assertThat(sent.successful()).hasSize(10);
    assertThat(sent.failed()).isEmpty();
    Set<String> bodies = new HashSet<>();
    while (bodies.size() < 10) {
      receive("batch", 5).forEach(message -> bodies.add(message.body()));
    }
    assertThat(bodies).contains("body 0", "body 9");
  }

  @Test
  void aLongPollReturnsAsSoonAsAMessageComes() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Message>> poll = threads.submit(() -> receive("long", 20));
      send("long", "late");
      assertThat(poll.get(15, TimeUnit.SECONDS)).hasSize(1);
    }
  }

  @Test
  void anEmptyQueueGivesNothing() {
    assertThat(receive("empty", 0)).isEmpty();
    assertThat(receive("empty", 1)).isEmpty();
  }

  @Test
  void aBatchOfDeletionsTellsWhichFailed() {
    send("delete", "a");
    Message message = receive("delete", 5).getFirst();
    DeleteMessageBatchResponse response =
        client()
            .deleteMessageBatch(request ->
                request
                    .queueUrl(url("delete"))
                    .entries(
                        DeleteMessageBatchRequestEntry.builder()
                            .id("good")
                            .receiptHandle(message.receiptHandle())
                            .build(),
                        DeleteMessageBatchRequestEntry.builder()
                            .id("bad")
                            .receiptHandle("no such handle")
                            .build()));
    assertThat(response.successful()).hasSize(1);
    assertThat(response.failed())
        .extracting(BatchResultErrorEntry::id, BatchResultErrorEntry::code)
        .containsExactly(tuple("bad", "ReceiptHandleIsInvalid"));
    assertThat(count("delete", QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .isZero();
  }

  @Test
  void aMessageIsHiddenUntilItsVisibilityIsSetToZero() {
    send("visible", "a");
    Message first = receive("visible", 5).getFirst();
    assertThat(receive("visible", 0)).isEmpty();
    client()
        .changeMessageVisibility(request ->
            request
                .queueUrl(url("visible"))
                .receiptHandle(first.receiptHandle())
                .visibilityTimeout(0));
    Message second = receive("visible", 5).getFirst();
    assertThat(second.messageId()).isEqualTo(first.messageId());
    assertThat(second.receiptHandle()).isNotEqualTo(first.receiptHandle());
    assertThat(second.attributes())
        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
  }

  @Test
  void visibilitiesAreChangedInBatches() {
    send("change", "a");
    Message message = receive("change", 5).getFirst();
    assertThat(
            client()
                .changeMessageVisibilityBatch(request ->
                    request
                        .queueUrl(url("change"))
                        .entries(
                            ChangeMessageVisibilityBatchRequestEntry.builder()
                                .id("a")
                                .receiptHandle(message.receiptHandle())
                                .visibilityTimeout(0)
                                .build()))
                .successful())
        .hasSize(1);
    assertThat(receive("change", 5)).hasSize(1);
  }

  @Test
  void aMessageComesAgainWhenItsVisibilityEnds() {
    send("short", "a");
    Message first = receive("short", 5).getFirst();
    Message second = receive("short", 10).getFirst();
    assertThat(second.messageId()).isEqualTo(first.messageId());
    assertThat(second.attributes())
        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
    client()
        .deleteMessage(
            request -> request.queueUrl(url("short")).receiptHandle(second.receiptHandle()));
    assertThat(receive("short", 2)).isEmpty();
  }

  @Test
  void aMessageThatWasReceivedTooOftenGoesToTheDeadLetters() {
    send("redrive", "poison");
    for (int i = 0; i < 2; i++) {
      Message message = receive("redrive", 5).getFirst();
      client()
          .changeMessageVisibility(request ->
              request
                  .queueUrl(url("redrive"))
                  .receiptHandle(message.receiptHandle())
                  .visibilityTimeout(0));
    }
    assertThat(receive("redrive", 1)).isEmpty();
    List<Message> dead = receive("redrive-dead", 5);
    assertThat(dead).extracting(Message::body).containsExactly("poison");
  }

  @Test
  void aQueueThatIsNotThereIsSaidSo() {
    assertThatThrownBy(() -> url("nowhere")).isInstanceOf(QueueDoesNotExistException.class);
    String near = url("one").replace("/one", "/nowhere");
    assertThatThrownBy(
            () -> client().sendMessage(request -> request.queueUrl(near).messageBody("x")))
        .isInstanceOf(QueueDoesNotExistException.class);
  }

  @Test
  void aBatchOfElevenIsRefused() {
    List<SendMessageBatchRequestEntry> entries =
        IntStream.range(0, 11)
            .mapToObj(
                i -> SendMessageBatchRequestEntry.builder().id("m" + i).messageBody("x").build())
            .toList();
    assertThatThrownBy(() ->
            client().sendMessageBatch(request -> request.queueUrl(url("empty")).entries(entries)))
        .isInstanceOf(SqsException.class);
    assertThat(receive("empty", 0)).isEmpty();
  }
}
