package dev.sandpiper.standin.sqs;

import java.util.Map;

/// A received message.
///
/// @param attributes system attributes, such as `ApproximateReceiveCount`
public record SqsMessage(
    String messageId,
    String receiptHandle,
    String body,
    String md5,
    Map<String, String> attributes) {

  public SqsMessage {
    attributes = Map.copyOf(attributes);
  }
}
