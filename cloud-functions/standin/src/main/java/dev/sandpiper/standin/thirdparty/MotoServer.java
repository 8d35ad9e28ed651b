package dev.sandpiper.standin.thirdparty;

import dev.sandpiper.standin.sqs.QueueSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// moto_server: S3, SQS and IAM in Python.
public final class MotoServer implements AutoCloseable {

  /// The region its queues are in.
  public static final String REGION = "eu-central-1";

  private static final Pattern ANNOUNCEMENT = Pattern.compile("Running on (http://[\\d.:]+)");

  /// Ends with its parent, as the others do.
  private static final String PROGRAM =
      """
      import os, sys, threading
      def watch():
          while sys.stdin.buffer.read(256):
              pass
          os._exit(0)
      threading.Thread(target=watch, daemon=True).start()
      from moto.server import main
      main(["-H", "127.0.0.1", "-p", "0"])
      """;

  private final ChildServer server;
  private final Map<String, URI> queues;

  private MotoServer(ChildServer server, Map<String, URI> queues) {
    this.server = server;
    this.queues = queues;
  }

  /// Whether [#start] can succeed. With `CI=true` it is installed first, into a cache folder.
  public static boolean available() throws InterruptedException {
    return MotoPython.find().isPresent();
  }

  /// What to do when it is not available, for a person.
  public static String wanted() {
    return MotoPython.WANTED;
  }

  /// Starts it with empty `buckets` and `queues`, dead-letter queues first.
  public static MotoServer start(List<String> buckets, List<QueueSpec> queues)
      throws IOException, InterruptedException {
    Path python =
        MotoPython.find().orElseThrow(() -> new IOException("There is no " + MotoPython.WANTED));
    ChildServer server =
        new ChildServer("moto", List.of(python.toString(), "-u", "-c", PROGRAM), ANNOUNCEMENT);
    Map<String, URI> urls = Queues.create(server, REGION, queues);
    try {
      for (String bucket : buckets) {
        createBucket(server.endpoint(), bucket);
      }
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
    return new MotoServer(server, urls);
  }

  /// `http://127.0.0.1:port`, for every service.
  public URI endpoint() {
    return server.endpoint();
  }

  /// The URL of a queue made at the start.
  public URI queueUrl(String name) {
    return Queues.named(queues, name);
  }

  /// Of its process.
  public long pid() {
    return server.pid();
  }

  private static void createBucket(URI endpoint, String bucket)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint.resolve("/" + bucket))
              .header(
                  "Authorization",
                  "AWS4-HMAC-SHA256 Credential=AKIDSTANDIN/20260101/us-east-1/s3/aws4_request, "
                      + "SignedHeaders=host, Signature="
                      + "0".repeat(64))
              .PUT(BodyPublishers.ofByteArray(new byte[0]))
              .build();
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException("moto made no bucket " + bucket + ": " + response.body());
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
