package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.ContentSource;
import dev.sandpiper.contract.FunctionRequest;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.edge.config.AwsBurstConfig;
import dev.sandpiper.standin.aws.AwsDouble;
import dev.sandpiper.standin.lambda.InvokeResult;
import dev.sandpiper.standin.sqs.QueueSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.sync.RequestBody;

/// A whole plant in this process: S3, queues, the function behind the queue and the one that is
/// invoked.
final class DoublePlant implements AutoCloseable {

  static final String FUNCTION =
      "arn:aws:lambda:eu-central-1:000000000000:function:sandpiper-parse:live";

  /// A result of this size does not fit into an answer.
  private static final int LARGEST_ANSWER = 6 << 20;

  private final AwsDouble aws;
  private final Plants.Place place;
  private final PlainFunction function;

  private DoublePlant(AwsDouble aws, int pollers) {
    this.aws = aws;
    place =
        new Plants.Place(
            aws.endpoint(),
            aws.queueUrl("sandpiper-jobs").toString(),
            aws.queueUrl("sandpiper-results-pi").toString(),
            Optional.of(FUNCTION));
    function = new PlainFunction(Plants.plant(place), pollers);
    aws.deploy("sandpiper-parse", this::invoke);
  }

  static DoublePlant start(long seed) {
    return start(seed, 2, Duration.ofSeconds(3));
  }

  /// @param pollers that take jobs; 0: the cloud's half stands still
  static DoublePlant start(long seed, int pollers, Duration visibility) {
    return new DoublePlant(
        AwsDouble.start(
            AwsDouble.Plan.of(
                Set.of(Plants.IN, Plants.OUT),
                List.of(
                    QueueSpec.plain("sandpiper-jobs-dead", Duration.ofSeconds(30)),
                    new QueueSpec("sandpiper-jobs", visibility, "sandpiper-jobs-dead", 1_000),
                    QueueSpec.plain("sandpiper-results-pi", visibility)),
                seed),
            InstantSource.system()),
        pollers);
  }

  AwsDouble aws() {
    return aws;
  }

  Plants.Place place() {
    return place;
  }

  PlainFunction function() {
    return function;
  }

  AwsBurstConfig config() {
    return Plants.config(place);
  }

  /// Objects, results and messages that are left.
  long left() {
    return aws.objectsLeft()
        + aws.openUploads(Plants.IN)
        + aws.messagesLeft("sandpiper-jobs")
        + aws.messagesLeft("sandpiper-results-pi");
  }

  private InvokeResult invoke(byte[] payload) {
    try {
      FunctionRequest request = RequestJson.read(new ByteArrayInputStream(payload));
      byte[] document =
          switch (request.document().source()) {
            case Source.Inline(byte[] bytes) -> bytes;
            case Source.S3 s3 ->
                function
                    .s3()
                    .getObjectAsBytes(get -> get.bucket(s3.bucket()).key(s3.key()))
                    .asByteArray();
            case Source.File _ -> throw new IllegalStateException("a file in the cloud");
          };
      String text = new String(document, StandardCharsets.UTF_8);
      if (text.startsWith("crash")) {
        return new InvokeResult.FunctionError(
            "{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"exit status 1\"}"
                .getBytes(StandardCharsets.UTF_8));
      }
      byte[] whole =
          PlainFunction.result(
              request.requestId(),
              text.startsWith("grow") || text.startsWith("swell") ? text.repeat(8) : text);
      if (request.result() instanceof ResultTarget.S3 target) {
        function
            .s3()
            .putObject(
                put -> put.bucket(target.bucket()).key(target.key()), RequestBody.fromBytes(whole));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReplyJson.write(
            PlainFunction.reply(
                request.requestId(),
                new ParseReply.Stored(
                    HexFormat.of().formatHex(Downloads.sha256().digest(whole)), whole.length)),
            ContentSource.EMPTY,
            out);
        return new InvokeResult.Answered(out.toByteArray());
      }
      if (text.startsWith("swell") && whole.length > LARGEST_ANSWER) {
        return new InvokeResult.Answered(tooLarge(request.requestId()));
      }
      return whole.length > LARGEST_ANSWER
          ? new InvokeResult.FunctionError(
              "{\"errorType\":\"Function.ResponseSizeTooLarge\",\"errorMessage\":\"too large\"}"
                  .getBytes(StandardCharsets.UTF_8))
          : new InvokeResult.Answered(whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// As the function itself says it.
  private static byte[] tooLarge(String id) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReplyJson.write(
        new ParseReply.Rejected(
            id, RejectCode.OVER_LIMIT, "The result has too many bytes for an inline reply."),
        ContentSource.EMPTY,
        out);
    return out.toByteArray();
  }

  @Override
  public void close() {
    function.close();
    aws.close();
  }
}
