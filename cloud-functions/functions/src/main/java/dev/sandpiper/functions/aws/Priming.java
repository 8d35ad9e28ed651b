package dev.sandpiper.functions.aws;

import dev.sandpiper.contract.DocumentRef;
import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.ObjectKeys;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.functions.CloudSettings;
import dev.sandpiper.functions.QueuedReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.net.ssl.SSLContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/// Runs each call once against answers made here, so that a snapshot holds the code.
final class Priming {

  private static final ParseReply REPLY =
      new ParseReply.Failed("prime", FailCode.INTERNAL, "Never sent.");

  private Priming() {}

  static void run(CloudSettings settings) {
    try (Clients clients =
        Clients.open(
            settings.region(),
            new CannedHttp(sentMessage()),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))) {
      S3Objects objects = new S3Objects(clients::s3);
      Path file = Files.createTempFile("prime", null);
      try {
        objects.get(new Source.S3("bucket", "in/prime/x", null), file, 1 << 10);
        objects.put(
            file,
            new ResultTarget.S3("bucket", "out/prime/x"),
            new ParseReply.Stored(DocumentRef.requireSha256("0".repeat(64)), Files.size(file)));
      } finally {
        Files.delete(file);
      }
      String queue = "https://sqs." + settings.region() + ".amazonaws.com/0/";
      new SqsResults(clients::sqs, queue).send(new ObjectKeys("prime"), REPLY);
      new SqsJobs(clients::sqs, queue).postpone(Map.of("handle", Duration.ZERO));
      SSLContext.getDefault();
    } catch (IOException e) {
      throw new UncheckedIOException("a call of the function cannot be made", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5 and TLS", e);
    }
  }

  /// What SQS answers to [#REPLY]: the SDK checks the hash of what arrived.
  private static byte[] sentMessage() throws NoSuchAlgorithmException {
    byte[] body = QueuedReply.of(REPLY).getBytes(StandardCharsets.UTF_8);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
    return "{\"MessageId\":\"prime\",\"MD5OfMessageBody\":\"%s\"}"
        .formatted(hash)
        .getBytes(StandardCharsets.UTF_8);
  }

  /// Answers every request with the same success.
  private static final class CannedHttp implements SdkHttpClient {

    private final byte[] body;

    CannedHttp(byte[] body) {
      this.body = body;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(
                  SdkHttpFullResponse.builder()
                      .statusCode(200)
                      .putHeader("content-length", String.valueOf(body.length))
                      .build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
              .build();
        }

        @Override
        public void abort() {
          // There is nothing on its way.
        }
      };
    }

    @Override
    public void close() {
      // There is no connection.
    }
  }
}
