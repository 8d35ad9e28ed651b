package dev.sandpiper.standin.sqs;

import dev.sandpiper.standin.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The few calls of SQS that an event source and a test need.
public final class SqsClient implements AutoCloseable {

  /// By which the double knows its own kind: AWS's poller has AWS's clock and credentials.
  public static final String ACCESS_KEY = "AKIDSTANDIN";

  private static final Duration TIMEOUT = Duration.ofSeconds(40);

  /// A signature in form only: stand-ins ask that one is there, and read the region from it.
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential="
          + ACCESS_KEY
          + "/20260101/%s/sqs/aws4_request, "
          + "SignedHeaders=host;x-amz-date, Signature="
          + "0".repeat(64);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI endpoint;
  private final String region;

  /// @param endpoint `http://host:port`
  public SqsClient(URI endpoint, String region) {
    this.endpoint = endpoint;
    this.region = region;
  }

  /// Makes a queue and returns its URL.
  public URI create(QueueSpec spec) throws IOException, InterruptedException {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("VisibilityTimeout", String.valueOf(spec.visibility().toSeconds()));
    String dead = spec.deadLetters();
    if (dead != null) {
      String arn = attribute(url(dead), "QueueArn");
      attributes.put(
          "RedrivePolicy",
          Json.string(
              Map.of(
                  "deadLetterTargetArn",
                  arn,
                  "maxReceiveCount",
                  String.valueOf(spec.maxReceives()))));
    }
    Map<String, Object> answer =
        call("CreateQueue", Map.of("QueueName", spec.name(), "Attributes", attributes));
    return URI.create(Json.text(answer, "QueueUrl"));
  }

  /// The URL of a queue by name.
  public URI url(String name) throws IOException, InterruptedException {
    return URI.create(Json.text(call("GetQueueUrl", Map.of("QueueName", name)), "QueueUrl"));
  }

  /// One attribute of a queue; empty when it has none.
  public String attribute(URI queue, String name) throws IOException, InterruptedException {
    return Json.text(attributes(queue), name);
  }

  /// Messages that are visible, hidden or delayed, at one moment.
  public int messages(URI queue) throws IOException, InterruptedException {
    Map<String, Object> attributes = attributes(queue);
    long sum = 0;
    for (String part : List.of("", "NotVisible", "Delayed")) {
      sum += Json.number(attributes, "ApproximateNumberOfMessages" + part, 0);
    }
    return (int) sum;
  }

  private Map<String, Object> attributes(URI queue) throws IOException, InterruptedException {
    Map<String, Object> answer =
        call(
            "GetQueueAttributes",
            Map.of("QueueUrl", queue.toString(), "AttributeNames", List.of("All")));
    return Json.object(answer, "Attributes");
  }

  /// Sends a message and returns its id.
  public String send(URI queue, String body) throws IOException, InterruptedException {
    return Json.text(
        call("SendMessage", Map.of("QueueUrl", queue.toString(), "MessageBody", body)),
        "MessageId");
  }

  /// Receives with every attribute.
  ///
  /// @param most 1 to 10
  public List<SqsMessage> receive(URI queue, int most, Duration wait)
      throws IOException, InterruptedException {
    Map<String, Object> answer =
        call(
            "ReceiveMessage",
            Map.of(
                "QueueUrl", queue.toString(),
                "MaxNumberOfMessages", most,
                "WaitTimeSeconds", wait.toSeconds(),
                "AttributeNames", List.of("All"),
                "MessageAttributeNames", List.of("All")));
    List<SqsMessage> messages = new ArrayList<>();
    for (Map<String, Object> message : Json.objects(answer, "Messages")) {
      Map<String, String> attributes = new LinkedHashMap<>();
      Json.object(message, "Attributes")
          .forEach((name, value) -> attributes.put(name, value.toString()));
      messages.add(
          new SqsMessage(
              Json.text(message, "MessageId"),
              Json.text(message, "ReceiptHandle"),
              Json.text(message, "Body"),
              Json.text(message, "MD5OfBody"),
              attributes));
    }
    return messages;
  }

  /// Deletes messages, at most 10.
  ///
  /// @return how many were not deleted
  public int delete(URI queue, List<SqsMessage> messages) throws IOException, InterruptedException {
    if (messages.isEmpty()) {
      return 0;
    }
    List<Object> entries = new ArrayList<>();
    for (SqsMessage message : messages) {
      entries.add(
          Map.of("Id", String.valueOf(entries.size()), "ReceiptHandle", message.receiptHandle()));
    }
    Map<String, Object> answer =
        call("DeleteMessageBatch", Map.of("QueueUrl", queue.toString(), "Entries", entries));
    return Json.objects(answer, "Failed").size();
  }

  /// Hides a received message for `span` from now.
  public void changeVisibility(URI queue, SqsMessage message, Duration span)
      throws IOException, InterruptedException {
    Map<String, Object> _ =
        call(
            "ChangeMessageVisibility",
            Map.of(
                "QueueUrl", queue.toString(),
                "ReceiptHandle", message.receiptHandle(),
                "VisibilityTimeout", span.toSeconds()));
  }

  private Map<String, Object> call(String action, Map<String, Object> arguments)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "AmazonSQS." + action)
            .header("X-Amz-Date", "20260101T000000Z")
            .header("Authorization", AUTHORIZATION.formatted(region))
            .POST(BodyPublishers.ofByteArray(Json.bytes(arguments)))
            .build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    byte[] body = response.body();
    if (response.statusCode() != 200) {
      throw new SqsException(
          response.statusCode(),
          "SQS at "
              + endpoint
              + " answered "
              + action
              + " with "
              + response.statusCode()
              + ": "
              + new String(body, StandardCharsets.UTF_8));
    }
    return body.length == 0 ? Map.of() : Json.object(body);
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
