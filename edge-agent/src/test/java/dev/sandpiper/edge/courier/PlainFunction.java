package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.ContentSource;
import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.FunctionRequest;
import dev.sandpiper.contract.Metadata;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.contract.Usage;
import dev.sandpiper.edge.config.AwsBurstConfig.Plant;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/// The cloud's half as far as the courier sees it: takes jobs from the queue, reads the document,
/// lays the result down, reports on the results queue. Its Markdown is the document's own text.
final class PlainFunction implements AutoCloseable {

  private final Plant plant;
  private final S3Client s3;
  private final SqsClient sqs;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger parsed = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private volatile boolean closed;

  PlainFunction(Plant plant, int pollers) {
    this.plant = plant;
    URI endpoint = URI.create(plant.endpoint().orElseThrow());
    StaticCredentialsProvider who =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDFUNCTION", "example"));
    s3 =
        S3Client.builder()
            .region(Region.of(plant.region()))
            .endpointOverride(endpoint)
            .forcePathStyle(true)
            .credentialsProvider(who)
            .httpClient(UrlConnectionHttpClient.builder().build())
            .build();
    sqs =
        SqsClient.builder()
            .region(Region.of(plant.region()))
            .endpointOverride(endpoint)
            .credentialsProvider(who)
            .httpClient(
                UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(40)).build())
            .build();
    for (int i = 0; i < pollers; i++) {
      threads.execute(this::poll);
    }
  }

  S3Client s3() {
    return s3;
  }

  SqsClient sqs() {
    return sqs;
  }

  /// How many documents it has parsed.
  int parsed() {
    return parsed.get();
  }

  /// How many jobs it left to be done again.
  int failed() {
    return failed.get();
  }

  private void poll() {
    while (!closed) {
      try {
        List<Message> jobs =
            sqs.receiveMessage(ask ->
                    ask.queueUrl(plant.jobsQueue()).maxNumberOfMessages(10).waitTimeSeconds(1))
                .messages();
        for (Message job : jobs) {
          threads.execute(() -> work(job));
        }
      } catch (SdkException _) {
        // as Lambda's poller: again, unless closed
      }
    }
  }

  private void work(Message job) {
    try {
      ParseReply reply =
          parse(
              RequestJson.read(
                  new ByteArrayInputStream(job.body().getBytes(StandardCharsets.UTF_8))));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ReplyJson.write(reply, ContentSource.EMPTY, out);
      sqs.sendMessage(send ->
          send.queueUrl(plant.resultsQueue()).messageBody(out.toString(StandardCharsets.UTF_8)));
      sqs.deleteMessage(
          delete -> delete.queueUrl(plant.jobsQueue()).receiptHandle(job.receiptHandle()));
    } catch (SdkException | IOException _) {
      failed.incrementAndGet(); // the job comes again
    }
  }

  /// Sends a reply to the results queue.
  void report(ParseReply reply) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReplyJson.write(reply, ContentSource.EMPTY, out);
    sqs.sendMessage(send ->
        send.queueUrl(plant.resultsQueue()).messageBody(out.toString(StandardCharsets.UTF_8)));
  }

  private ParseReply parse(FunctionRequest request) throws IOException {
    Source.S3 source = (Source.S3) request.document().source();
    String text;
    try {
      text =
          s3.getObjectAsBytes(get -> get.bucket(source.bucket()).key(source.key())).asUtf8String();
    } catch (NoSuchKeyException e) {
      return new ParseReply.Failed(
          request.requestId(), FailCode.SOURCE_UNAVAILABLE, "The document is gone.");
    }
    parsed.incrementAndGet();
    if (text.startsWith("fail")) {
      return new ParseReply.Failed(request.requestId(), FailCode.OUT_OF_MEMORY, "Too much.");
    }
    byte[] whole = result(request.requestId(), text);
    ResultTarget.S3 target = (ResultTarget.S3) request.result();
    s3.putObject(
        put -> put.bucket(target.bucket()).key(target.key()), RequestBody.fromBytes(whole));
    return reply(
        request.requestId(),
        new ParseReply.Stored(
            HexFormat.of().formatHex(Downloads.sha256().digest(whole)), whole.length));
  }

  /// A whole stored result.
  static byte[] result(String id, String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReplyJson.write(reply(id, null), sink -> sink.markdown(text), out);
    return out.toByteArray();
  }

  static ParseReply.Parsed reply(String id, ParseReply.@Nullable Stored stored) {
    return new ParseReply.Parsed(
        id,
        new Metadata("text/plain", null, List.of(), null, null, null, null, Map.of()),
        1,
        List.of(),
        new Usage(5, 5, 5, 1, false),
        stored);
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
    threads.close();
    s3.close();
    sqs.close();
  }
}
