package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.config.AwsBurstConfig.Plant;
import dev.sandpiper.edge.courier.Verdict.Again;
import dev.sandpiper.edge.courier.protocol.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// The post in SQS.
final class SqsPost implements Post {

  private final Clients clients;
  private final Plant plant;
  private final Attempts attempts;
  private final Attempts listening;

  /// @param listening for waits, each of which takes long by itself
  SqsPost(Clients clients, Plant plant, Attempts attempts, Attempts listening) {
    this.listening = listening;
    this.clients = clients;
    this.plant = plant;
    this.attempts = attempts;
  }

  @Override
  public Map<String, CloudException> send(List<Letter> letters) {
    Map<String, CloudException> refused = new HashMap<>();
    List<Letter> left = letters;
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      List<BatchResultErrorEntry> failed;
      List<Letter> these = left;
      try {
        failed = sendOnce(these);
      } catch (CloudException e) {
        these.forEach(letter -> refused.put(letter.id(), e));
        return refused;
      }
      left = new ArrayList<>();
      for (BatchResultErrorEntry entry : failed) {
        Letter letter = these.get(Integer.parseInt(entry.id()));
        if (entry.senderFault() || attempt == Attempts.MOST) {
          refused.put(letter.id(), refusal(letter, entry));
        } else {
          left.add(letter);
        }
      }
      if (!left.isEmpty()) {
        attempts.pause(Again.LATER, attempt);
      }
    }
    return refused;
  }

  private List<BatchResultErrorEntry> sendOnce(List<Letter> letters) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (Letter letter : letters) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .messageBody(letter.body())
              .build());
    }
    return attempts.run(
        "Sending " + letters.size() + " jobs to " + plant.jobsQueue(),
        () ->
            clients
                .sqs()
                .sendMessageBatch(batch -> batch.queueUrl(plant.jobsQueue()).entries(entries))
                .failed());
  }

  private CloudException refusal(Letter letter, BatchResultErrorEntry entry) {
    return new CloudException(
        entry.senderFault() ? Fault.INTERNAL : Fault.THROTTLED,
        "Sending %s to %s failed. AWS says %s: %s"
            .formatted(letter.id(), plant.jobsQueue(), entry.code(), entry.message()),
        null);
  }

  @Override
  public List<Delivery> receive(int seconds) {
    return listening.run(
        "Receiving from " + plant.resultsQueue(),
        () ->
            clients
                .sqs()
                .receiveMessage(receive ->
                    receive
                        .queueUrl(plant.resultsQueue())
                        .maxNumberOfMessages(MOST)
                        .waitTimeSeconds(seconds))
                .messages()
                .stream()
                .map(m -> new Delivery(m.messageId(), m.receiptHandle(), m.body()))
                .toList());
  }

  @Override
  public int delete(List<String> receipts) {
    List<String> left = receipts;
    for (int attempt = 1; !left.isEmpty() && attempt <= Attempts.MOST; attempt++) {
      List<String> these = left;
      left = new ArrayList<>();
      for (BatchResultErrorEntry entry : deleteOnce(these)) {
        if (!entry.senderFault()) {
          left.add(these.get(Integer.parseInt(entry.id())));
        }
      }
      if (!left.isEmpty()) {
        attempts.pause(Again.LATER, attempt);
      }
    }
    return left.size();
  }

  private List<BatchResultErrorEntry> deleteOnce(List<String> receipts) {
    List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
    for (String receipt : receipts) {
      entries.add(
          DeleteMessageBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .receiptHandle(receipt)
              .build());
    }
    return attempts.run(
        "Deleting " + receipts.size() + " results from " + plant.resultsQueue(),
        () ->
            clients
                .sqs()
                .deleteMessageBatch(batch -> batch.queueUrl(plant.resultsQueue()).entries(entries))
                .failed());
  }

  @Override
  public String jobsWaiting() {
    return waiting(plant.jobsQueue());
  }

  @Override
  public String resultsWaiting() {
    return waiting(plant.resultsQueue());
  }

  private String waiting(String queue) {
    Map<QueueAttributeName, String> attributes =
        attempts.run(
            "Asking for the depth of " + queue,
            () ->
                clients
                    .sqs()
                    .getQueueAttributes(ask ->
                        ask.queueUrl(queue)
                            .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                    .attributes());
    return "%s waiting, %s being worked on"
        .formatted(
            attributes.getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "?"),
            attributes.getOrDefault(
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "?"));
  }
}
