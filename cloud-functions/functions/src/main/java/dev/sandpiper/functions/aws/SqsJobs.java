package dev.sandpiper.functions.aws;

import dev.sandpiper.functions.JobQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;

/// The jobs queue in SQS.
///
/// @param url its URL; `null` when the deployment names none
record SqsJobs(Supplier<SqsClient> sqs, @Nullable String url) implements JobQueue {

  /// Most entries of one call.
  private static final int BATCH = 10;

  @Override
  public void postpone(Map<String, Duration> delays) throws IOException {
    if (url == null) {
      throw new IOException("this function knows no jobs queue: SANDPIPER_JOBS_URL is not set");
    }
    List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
    delays.forEach((handle, delay) -> entries.add(entry(entries.size(), handle, delay)));
    int refused = 0;
    try {
      for (int from = 0; from < entries.size(); from += BATCH) {
        List<ChangeMessageVisibilityBatchRequestEntry> batch =
            entries.subList(from, Math.min(from + BATCH, entries.size()));
        refused +=
            sqs.get()
                .changeMessageVisibilityBatch(change -> change.queueUrl(url).entries(batch))
                .failed()
                .size();
      }
    } catch (SdkException e) {
      throw Failures.of("SQS", e);
    }
    if (refused > 0) {
      throw new IOException("SQS kept the time of " + refused + " messages");
    }
  }

  private static ChangeMessageVisibilityBatchRequestEntry entry(
      int ordinal, String handle, Duration delay) {
    return ChangeMessageVisibilityBatchRequestEntry.builder()
        .id("m" + ordinal)
        .receiptHandle(handle)
        .visibilityTimeout(Math.toIntExact(delay.toSeconds()))
        .build();
  }
}
