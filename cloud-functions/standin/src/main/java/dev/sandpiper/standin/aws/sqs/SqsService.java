package dev.sandpiper.standin.aws.sqs;

import dev.sandpiper.standin.aws.fault.Faults;
import dev.sandpiper.standin.aws.fault.RefusedException;
import dev.sandpiper.standin.aws.fault.ServiceError;
import dev.sandpiper.standin.http.Reply;
import dev.sandpiper.standin.http.Request;
import dev.sandpiper.standin.json.Json;
import dev.sandpiper.standin.sqs.QueueSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Answers SQS requests.
public final class SqsService {

  /// The account in queue URLs.
  public static final String ACCOUNT = "000000000000";

  /// The region in ARNs.
  public static final String REGION = "eu-central-1";

  static final String JSON = "application/x-amz-json-1.0";
  private static final String TARGET = "AmazonSQS.";
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_ENTRIES = 10;
  private static final int MOST_WAIT_SECONDS = 20;
  private static final int MOST_HIDDEN_SECONDS = 43_200;
  private static final int MOST_DELAY_SECONDS = 900;

  private final Map<String, SqsQueue> queues = new ConcurrentHashMap<>();
  private final Faults faults;
  private final InstantSource clock;
  private final Supplier<URI> endpoint;

  /// @param endpoint for queue URLs
  public SqsService(Faults faults, InstantSource clock, Supplier<URI> endpoint) {
    this.faults = faults;
    this.clock = clock;
    this.endpoint = endpoint;
  }

  /// Makes a queue; its dead letters must be there.
  public void create(QueueSpec spec) {
    String dead = spec.deadLetters();
    SqsQueue target = dead == null ? null : held(dead);
    queues.putIfAbsent(
        spec.name(),
        new SqsQueue(
            spec.name(),
            spec.visibility(),
            new SqsQueue.Redrive(target, spec.maxReceives()),
            faults,
            clock));
  }

  /// Messages in a queue: visible, hidden, or copies that a fault made.
  public int messages(String queue) {
    SqsQueue.Counts counts = held(queue).counts();
    return counts.visible() + counts.hidden();
  }

  /// The names of all queues.
  public Set<String> names() {
    return Set.copyOf(queues.keySet());
  }

  public URI url(String queue) {
    return endpoint.get().resolve("/" + ACCOUNT + "/" + queue);
  }

  /// What the API calls this request.
  public static String operation(Request request) {
    String target = request.header("x-amz-target");
    return target.startsWith(TARGET) ? target.substring(TARGET.length()) : "Unknown";
  }

  /// @throws RefusedException for every error SQS would send
  public Reply answer(Request request) throws RefusedException, InterruptedException {
    Map<String, Object> arguments;
    try {
      arguments = request.body().length == 0 ? Map.of() : Json.object(request.body());
    } catch (IOException e) {
      throw new RefusedException(400, "SerializationException", String.valueOf(e.getMessage()));
    }
    Map<String, Object> answer =
        switch (operation(request)) {
          case "CreateQueue" -> createQueue(arguments);
          case "GetQueueUrl" -> queueUrl(Json.text(arguments, "QueueName"));
          case "GetQueueAttributes" -> attributes(queue(arguments), arguments);
          case "SendMessage" -> send(queue(arguments), arguments);
          case "SendMessageBatch" ->
              batch(arguments, MOST_BYTES, entry -> send(queue(arguments), entry));
          case "ReceiveMessage" -> receive(queue(arguments), arguments);
          case "DeleteMessage" -> delete(queue(arguments), arguments);
          case "DeleteMessageBatch" ->
              batch(arguments, MOST_BYTES, entry -> delete(queue(arguments), entry));
          case "ChangeMessageVisibility" -> change(queue(arguments), arguments);
          case "ChangeMessageVisibilityBatch" ->
              batch(arguments, MOST_BYTES, entry -> change(queue(arguments), entry));
          case "PurgeQueue" -> purge(queue(arguments));
          default ->
              throw new RefusedException(
                  400, "UnsupportedOperation", "This stand-in does not know this request");
        };
    return Reply.of(200, JSON, Json.bytes(answer));
  }

  private Map<String, Object> createQueue(Map<String, Object> arguments) throws RefusedException {
    String name = Json.text(arguments, "QueueName");
    Map<String, Object> wanted = Json.object(arguments, "Attributes");
    int hidden = range(wanted, "VisibilityTimeout", 30, MOST_HIDDEN_SECONDS);
    String redrive = Json.text(wanted, "RedrivePolicy");
    if (redrive.isEmpty()) {
      create(QueueSpec.plain(name, Duration.ofSeconds(hidden)));
    } else {
      try {
        Map<String, Object> policy = Json.object(redrive.getBytes(StandardCharsets.UTF_8));
        String arn = Json.text(policy, "deadLetterTargetArn");
        String dead = arn.substring(arn.lastIndexOf(':') + 1);
        int receives = range(policy, "maxReceiveCount", 10, 1000);
        find(dead);
        create(new QueueSpec(name, Duration.ofSeconds(hidden), dead, receives));
      } catch (IOException _) {
        throw invalid("RedrivePolicy", redrive);
      }
    }
    return queueUrl(name);
  }

  private Map<String, Object> queueUrl(String name) throws RefusedException {
    find(name);
    return Map.of("QueueUrl", url(name).toString());
  }

  private Map<String, Object> attributes(SqsQueue queue, Map<String, Object> arguments) {
    Map<String, Object> all = new LinkedHashMap<>();
    SqsQueue.Counts counts = queue.counts();
    all.put("QueueArn", arn(queue));
    all.put("ApproximateNumberOfMessages", String.valueOf(counts.visible()));
    all.put("ApproximateNumberOfMessagesNotVisible", String.valueOf(counts.hidden()));
    all.put("ApproximateNumberOfMessagesDelayed", "0");
    all.put("VisibilityTimeout", String.valueOf(queue.visibility().toSeconds()));
    all.put("MessageRetentionPeriod", "1209600");
    SqsQueue dead = queue.redrive().target();
    if (dead != null) {
      Map<String, Object> policy = new LinkedHashMap<>();
      policy.put("deadLetterTargetArn", arn(dead));
      policy.put("maxReceiveCount", queue.redrive().maxReceives());
      all.put("RedrivePolicy", Json.string(policy));
    }
    if (arguments.get("AttributeNames") instanceof List<?> names && !names.contains("All")) {
      all.keySet().removeIf(name -> !names.contains(name));
    }
    return Map.of("Attributes", all);
  }

  private static Map<String, Object> send(SqsQueue queue, Map<String, Object> arguments)
      throws RefusedException {
    if (!Json.object(arguments, "MessageAttributes").isEmpty()) {
      throw new RefusedException(
          400, "UnsupportedOperation", "This stand-in takes no message attributes");
    }
    String body = Json.text(arguments, "MessageBody");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      throw new RefusedException(
          400,
          "MissingRequiredParameterException",
          "The request must contain the parameter MessageBody.");
    }
    if (bytes.length > MOST_BYTES) {
      throw new RefusedException(
          400,
          "InvalidParameterValue",
          "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.");
    }
    int delay = range(arguments, "DelaySeconds", 0, MOST_DELAY_SECONDS);
    String md5 = md5(bytes);
    Held held = queue.send(body, md5, Duration.ofSeconds(delay));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("MessageId", held.id);
    answer.put("MD5OfMessageBody", md5);
    return answer;
  }

  private static Map<String, Object> receive(SqsQueue queue, Map<String, Object> arguments)
      throws RefusedException, InterruptedException {
    int most = range(arguments, "MaxNumberOfMessages", 1, MOST_ENTRIES);
    if (most < 1) {
      throw invalid("MaxNumberOfMessages", String.valueOf(most));
    }
    int wait = range(arguments, "WaitTimeSeconds", 0, MOST_WAIT_SECONDS);
    int hidden =
        range(
            arguments,
            "VisibilityTimeout",
            (int) queue.visibility().toSeconds(),
            MOST_HIDDEN_SECONDS);
    Set<String> wanted = new HashSet<>();
    for (String parameter : List.of("AttributeNames", "MessageSystemAttributeNames")) {
      if (arguments.get(parameter) instanceof List<?> names) {
        names.forEach(name -> wanted.add(name.toString()));
      }
    }
    List<Object> messages = new ArrayList<>();
    for (SqsQueue.Delivery one :
        queue.receive(most, Duration.ofSeconds(wait), Duration.ofSeconds(hidden))) {
      messages.add(message(one, wanted));
    }
    return messages.isEmpty() ? Map.of() : Map.of("Messages", messages);
  }

  private static Map<String, Object> message(SqsQueue.Delivery one, Set<String> wanted) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("SenderId", "AIDASTANDIN");
    all.put("SentTimestamp", String.valueOf(one.sentMillis()));
    all.put("ApproximateReceiveCount", String.valueOf(one.receives().count()));
    all.put("ApproximateFirstReceiveTimestamp", String.valueOf(one.receives().firstMillis()));
    if (!wanted.contains("All")) {
      all.keySet().retainAll(wanted);
    }
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("MessageId", one.id());
    message.put("ReceiptHandle", one.handle());
    message.put("MD5OfBody", one.md5());
    message.put("Body", one.body());
    if (!all.isEmpty()) {
      message.put("Attributes", all);
    }
    return message;
  }

  private static Map<String, Object> delete(SqsQueue queue, Map<String, Object> arguments)
      throws RefusedException {
    queue.delete(Json.text(arguments, "ReceiptHandle"));
    return Map.of();
  }

  private static Map<String, Object> change(SqsQueue queue, Map<String, Object> arguments)
      throws RefusedException {
    int hidden = range(arguments, "VisibilityTimeout", 0, MOST_HIDDEN_SECONDS);
    queue.changeVisibility(Json.text(arguments, "ReceiptHandle"), Duration.ofSeconds(hidden));
    return Map.of();
  }

  private static Map<String, Object> purge(SqsQueue queue) {
    queue.purge();
    return Map.of();
  }

  /// One entry of a batch.
  private interface Entry {
    Map<String, Object> answer(Map<String, Object> entry) throws RefusedException;
  }

  private static Map<String, Object> batch(
      Map<String, Object> arguments, int mostBytes, Entry action) throws RefusedException {
    List<Map<String, Object>> entries = Json.objects(arguments, "Entries");
    proveBatch(entries, mostBytes);
    List<Object> successful = new ArrayList<>();
    List<Object> failed = new ArrayList<>();
    for (Map<String, Object> entry : entries) {
      String id = Json.text(entry, "Id");
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("Id", id);
      try {
        result.putAll(action.answer(entry));
        successful.add(result);
      } catch (RefusedException e) {
        if (e.error().code().equals("QueueDoesNotExist")) {
          throw e;
        }
        result.put("SenderFault", true);
        result.put("Code", e.error().code());
        result.put("Message", e.error().message());
        failed.add(result);
      }
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("Successful", successful);
    if (!failed.isEmpty()) {
      answer.put("Failed", failed);
    }
    return answer;
  }

  private static void proveBatch(List<Map<String, Object>> entries, int mostBytes)
      throws RefusedException {
    if (entries.isEmpty()) {
      throw new RefusedException(
          400, "EmptyBatchRequest", "There should be at least one entry in the request.");
    }
    if (entries.size() > MOST_ENTRIES) {
      throw new RefusedException(
          400,
          "TooManyEntriesInBatchRequest",
          "Maximum number of entries per request are 10. You have sent " + entries.size() + ".");
    }
    Set<String> ids = new HashSet<>();
    int bytes = 0;
    for (Map<String, Object> entry : entries) {
      if (!ids.add(Json.text(entry, "Id"))) {
        throw new RefusedException(
            400, "BatchEntryIdsNotDistinct", "Id " + entry.get("Id") + " repeated.");
      }
      bytes += Json.text(entry, "MessageBody").getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > mostBytes) {
      throw new RefusedException(
          400,
          "BatchRequestTooLong",
          "Batch requests cannot be longer than 1048576 bytes. You have sent " + bytes + " bytes.");
    }
  }

  private SqsQueue queue(Map<String, Object> arguments) throws RefusedException {
    String url = Json.text(arguments, "QueueUrl");
    return find(url.substring(url.lastIndexOf('/') + 1));
  }

  private SqsQueue find(String name) throws RefusedException {
    SqsQueue queue = queues.get(name);
    if (queue == null) {
      throw new RefusedException(400, "QueueDoesNotExist", "The specified queue does not exist.");
    }
    return queue;
  }

  private SqsQueue held(String name) {
    SqsQueue queue = queues.get(name);
    if (queue == null) {
      throw new IllegalArgumentException("There is no queue " + name + "; there are " + names());
    }
    return queue;
  }

  private static String arn(SqsQueue queue) {
    return "arn:aws:sqs:" + REGION + ":" + ACCOUNT + ":" + queue.name();
  }

  private static int range(Map<String, Object> arguments, String name, int otherwise, int most)
      throws RefusedException {
    long value;
    try {
      value = Json.number(arguments, name, otherwise);
    } catch (NumberFormatException _) {
      throw invalid(name, Json.text(arguments, name));
    }
    if (value < 0 || value > most) {
      throw invalid(name, String.valueOf(value));
    }
    return (int) value;
  }

  private static RefusedException invalid(String parameter, String value) {
    return new RefusedException(
        400,
        "InvalidParameterValue",
        "Value " + value + " for parameter " + parameter + " is invalid.");
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  /// An error as SQS writes it, with the older protocol's code in a header.
  public static Reply error(ServiceError error) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("__type", "com.amazonaws.sqs#" + error.code());
    json.put("message", error.message());
    String old =
        error.code().equals("QueueDoesNotExist")
            ? "AWS.SimpleQueueService.NonExistentQueue"
            : error.code();
    return Reply.of(error.status(), JSON, Json.bytes(json))
        .with("x-amzn-query-error", old + ";" + (error.status() < 500 ? "Sender" : "Receiver"));
  }
}
