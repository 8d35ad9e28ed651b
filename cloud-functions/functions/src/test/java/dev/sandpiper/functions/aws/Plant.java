package dev.sandpiper.functions.aws;

import dev.sandpiper.contract.ContentSink;
import dev.sandpiper.contract.DocumentRef;
import dev.sandpiper.contract.FunctionRequest;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.ObjectKeys;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.standin.lambda.FunctionSpec;
import dev.sandpiper.standin.lambda.HostedFunction;
import dev.sandpiper.standin.lambda.InvokeResult;
import dev.sandpiper.standin.lambda.LambdaHost;
import dev.sandpiper.standin.sqs.QueueSpec;
import dev.sandpiper.standin.sqs.SqsClient;
import dev.sandpiper.standin.sqs.SqsMessage;
import dev.sandpiper.standin.thirdparty.ElasticMq;
import dev.sandpiper.standin.thirdparty.S3Mock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// A whole deployment on this machine: the very zip under AWS's own runtime client, with other
/// people's S3 and SQS.
final class Plant implements AutoCloseable {

  static final Path ZIP =
      Path.of(System.getProperty("sandpiper.function.zip", "target/functions-0.1.0.zip"));

  static final String PARSE = "dev.sandpiper.functions.ParseHandler::handleRequest";
  static final String BATCH = "dev.sandpiper.functions.ParseBatchHandler::handleRequest";
  static final String IN = "sandpiper-in";
  static final String OUT = "sandpiper-out";
  static final FunctionSpec.Settings SETTINGS =
      new FunctionSpec.Settings(Duration.ofSeconds(60), 4, 256, false);

  private final S3Mock s3;
  private final ElasticMq sqs;
  private final Clients clients;
  private final SqsClient queues;
  private final LambdaHost host;

  Plant(List<QueueSpec> specs) throws IOException, InterruptedException {
    s3 = S3Mock.start(List.of(IN, OUT));
    sqs = ElasticMq.start(specs);
    TrustManager[] trusted = s3.trustManagers();
    clients =
        ClientsFor.endpoint(
            s3.endpoint(),
            S3Mock.REGION,
            UrlConnectionHttpClient.builder().tlsTrustManagersProvider(() -> trusted).build());
    queues = new SqsClient(sqs.endpoint(), ElasticMq.REGION);
    host = LambdaHost.start(InstantSource.system());
  }

  SqsClient queues() {
    return queues;
  }

  URI queue(String name) {
    return sqs.queueUrl(name);
  }

  URI sqsEndpoint() {
    return sqs.endpoint();
  }

  /// What the template gives the functions of one stack, and where this machine's services are.
  Map<String, String> environment(String stack) {
    String dead = queue(stack + "-jobs-dead").toString();
    Map<String, String> all = new HashMap<>();
    all.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
    all.put("AWS_ENDPOINT_URL_SQS", sqs.endpoint().toString());
    all.put("JAVA_TOOL_OPTIONS", String.join(" ", s3.jvmFlags()));
    all.put("SANDPIPER_IN_BUCKET", IN);
    all.put("SANDPIPER_OUT_BUCKET", OUT);
    all.put("SANDPIPER_JOBS_URL", queue(stack + "-jobs").toString());
    all.put(
        "SANDPIPER_RESULTS_URL_PREFIX",
        dead.substring(0, dead.length() - "jobs-dead".length()) + "results-");
    return all;
  }

  HostedFunction deploy(
      String handler, Map<String, String> environment, FunctionSpec.Settings settings)
      throws IOException {
    return host.deploy(new FunctionSpec("parse", ZIP, handler, environment, settings));
  }

  HostedFunction deploy(Path zip, String handler) throws IOException {
    return host.deploy(new FunctionSpec("probe", zip, handler, Map.of(), SETTINGS));
  }

  /// Stores a document as the courier does and returns the request for it.
  ParseRequest document(String device, String text, String requestId, Limits limits) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ObjectKeys keys = new ObjectKeys(device);
    clients
        .s3()
        .putObject(
            put -> put.bucket(IN).key(keys.document(sha256(bytes))), RequestBody.fromBytes(bytes));
    return absent(device, text, requestId, limits);
  }

  /// A request for a document that is not there.
  static ParseRequest absent(String device, String text, String requestId, Limits limits) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String hash = sha256(bytes);
    ObjectKeys keys = new ObjectKeys(device);
    ObjectKeys.CloudRequest id = new ObjectKeys.CloudRequest(hash, requestId);
    return request(
        id.wireId(),
        bytes,
        new Source.S3(IN, keys.document(hash), null),
        new ResultTarget.S3(OUT, keys.result(id)),
        limits);
  }

  static ParseRequest request(
      String id, byte[] bytes, Source source, ResultTarget target, Limits limits) {
    return new ParseRequest(
        id,
        new DocumentRef("note.txt", sha256(bytes), bytes.length, null, source),
        null,
        Set.of(Output.MARKDOWN, Output.CHUNKS),
        limits,
        SplitPolicy.NONE,
        target);
  }

  static byte[] json(FunctionRequest request) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RequestJson.write(request, out);
    return out.toByteArray();
  }

  static String text(FunctionRequest request) throws IOException {
    return new String(json(request), StandardCharsets.UTF_8);
  }

  static ParseReply ask(HostedFunction function, FunctionRequest request) throws Exception {
    return reply(answer(function, json(request)));
  }

  static byte[] answer(HostedFunction function, byte[] payload) throws InterruptedException {
    return switch (function.invoke(payload)) {
      case InvokeResult.Answered(byte[] answer) -> answer;
      case InvokeResult.FunctionError error -> throw new AssertionError(error.text());
      case InvokeResult.Throttled() -> throw new AssertionError("throttled");
      case InvokeResult.TooLarge() -> throw new AssertionError("too large");
    };
  }

  static ParseReply reply(byte[] json) throws IOException {
    return ReplyJson.read(new ByteArrayInputStream(json), ContentSink.IGNORE);
  }

  /// The bytes of an object; empty when it does not exist.
  byte[] object(String bucket, String key) {
    try {
      return clients.s3().getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
    } catch (NoSuchKeyException _) {
      return new byte[0];
    }
  }

  void delete(String bucket, String key) {
    clients.s3().deleteObject(delete -> delete.bucket(bucket).key(key));
  }

  /// Takes replies from a queue until there are `count`, or a while has passed without one.
  List<ParseReply> results(String queue, int count) throws Exception {
    List<ParseReply> replies = new ArrayList<>();
    for (int silent = 0; replies.size() < count && silent < 3; ) {
      List<SqsMessage> messages = queues.receive(queue(queue), 10, Duration.ofSeconds(10));
      silent = messages.isEmpty() ? silent + 1 : 0;
      for (SqsMessage message : messages) {
        replies.add(reply(message.body().getBytes(StandardCharsets.UTF_8)));
      }
      queues.delete(queue(queue), messages);
    }
    return replies;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    host.close();
    queues.close();
    clients.close();
    sqs.close();
    s3.close();
  }
}
