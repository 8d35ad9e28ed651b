package dev.sandpiper.functions.aws;

import dev.sandpiper.contract.ObjectKeys;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.functions.QueuedReply;
import dev.sandpiper.functions.ResultQueue;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The devices' result queues in SQS.
///
/// @param urlPrefix a queue's URL without the device's name; `null` when the deployment names none
record SqsResults(Supplier<SqsClient> sqs, @Nullable String urlPrefix) implements ResultQueue {

  @Override
  public void send(ObjectKeys owner, ParseReply reply) throws IOException {
    if (urlPrefix == null) {
      throw new IOException(
          "this function knows no result queues: SANDPIPER_RESULTS_URL_PREFIX is not set");
    }
    try {
      sqs.get()
          .sendMessage(
              send -> send.queueUrl(urlPrefix + owner.device()).messageBody(QueuedReply.of(reply)));
    } catch (SdkException e) {
      throw Failures.of("SQS", e);
    }
  }
}
