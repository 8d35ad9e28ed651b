package dev.sandpiper.standin.source;

import dev.sandpiper.standin.json.Json;
import dev.sandpiper.standin.sqs.SqsMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a function is invoked with.
final class BatchEvent {

  private BatchEvent() {}

  static byte[] json(List<SqsMessage> batch, EventSourceSpec.Queue queue) {
    List<Object> records = new ArrayList<>();
    for (SqsMessage message : batch) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("messageId", message.messageId());
      one.put("receiptHandle", message.receiptHandle());
      one.put("body", message.body());
      one.put("attributes", message.attributes());
      one.put("messageAttributes", Map.of());
      one.put("md5OfBody", message.md5());
      one.put("eventSource", "aws:sqs");
      one.put("eventSourceARN", queue.arn());
      one.put("awsRegion", queue.region());
      records.add(one);
    }
    return Json.bytes(Map.of("Records", records));
  }
}
